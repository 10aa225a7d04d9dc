#!/bin/bash
# What an edit costs: a film of ten scenes at 1080p30 is rendered, then again with one lower third changed, then with another music. Wall, CPU of all processes, and the jobs that were
# worked (a job whose result was known has no log). Each round begins with an empty data folder. Goal: wall of the second ≤ 1/6 of the first.
# usage: run.sh FOLDER [ROUNDS=3] [SECONDS A SCENE=8] [WIDTHxHEIGHT=1920x1080]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
folder=${1:?usage: run.sh FOLDER [ROUNDS] [SECONDS] [WIDTHxHEIGHT]}
rounds=${2:-3} seconds=${3:-8} size=${4:-1920x1080}
short=${size#*x}
. "$here/../measured.sh"
mkdir -p "$folder"
cd "$folder"
"$root/url2video" --version > /dev/null # Built before the clock runs.

board() { # CAPTION MOOD
  local scenes="" i pattern caption
  for i in 0 1 2 3 4 5 6 7 8 9; do
    case $((i % 3)) in 0) pattern=gradient ;; 1) pattern=waves ;; *) pattern=grid ;; esac
    [ "$i" -eq 5 ] && caption=$1 || caption="Scene $i"
    scenes+="${scenes:+,}{\"id\":\"s$i\",\"say\":\"\",\"timing\":{\"fixedMs\":${seconds}000},\"transition\":{\"kind\":\"crossFade\",\"ms\":300},\"text\":[{\"kind\":\"lowerThird\",\"values\":[\"$caption\"]}],\"visual\":{\"kind\":\"procedural\",\"pattern\":\"$pattern\",\"seed\":$i}}"
  done
  echo "{\"schema\":\"url2video.storyboard/1\",\"title\":\"Ten scenes\",\"canvas\":{\"width\":${size%x*},\"height\":$short,\"fps\":30},\"music\":{\"mood\":\"$2\",\"seed\":1},\"scenes\":[$scenes]}"
}

film() { # NAME CAPTION MOOD: tells its cost and the jobs
  board "$2" "$3" > "$1.json"
  ls data/joblogs 2> /dev/null | sort > before.txt || true
  measured "$1" "$root/url2video" render "$1.json" --out "out-$1" --data data --format mp4 --ladder "$short" > /dev/null
  local project jobs
  project=$(ls data/joblogs | sort | comm -13 before.txt - | head -1)
  jobs=$(ls "data/joblogs/$project" | cut -d. -f1 | sort -u | tr '\n' ' ')
  echo "$1: wall s, CPU s, peak MiB $(tail -1 "$1.txt"); jobs: $jobs"
}

rm -f first.txt caption.txt music.txt
for _ in $(seq "$rounds"); do
  rm -rf data out-*
  film first "The caption" calm
  film caption "Another caption" calm
  film music "Another caption" epic
done
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
for edit in caption music; do
  wall=$(paste "$edit.txt" first.txt | awk '{ printf "%.3f\n", $1 / $4 }' | median)
  cpu=$(paste "$edit.txt" first.txt | awk '{ printf "%.3f\n", $2 / $5 }' | median)
  echo "$edit changed: wall $wall of the first render, CPU $cpu (medians of $rounds; goal 0.167)"
done
