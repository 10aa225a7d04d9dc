#!/bin/bash
# RS-20: a whole `url2video render` of twenty seconds at 1080p30 (photos under a slow camera, titles, lower thirds, cross-fades, a music bed) beside the floor: the ffmpeg program
# encoding the same finished frames (as decoded from the film) with the same x264 settings, and AAC. Pairs are interleaved; wall, CPU of all processes, peak memory of all processes, bytes.
# usage: run.sh FOLDER [PAIRS]   (FOLDER is made, with the pictures, when it is not there)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
folder=${1:?usage: run.sh FOLDER [PAIRS]}
pairs=${2:-5}
cores=$(nproc)
[ -f "$folder/s4.jpg" ] || bash "$here/make-assets.sh" "$folder" > /dev/null
cp "$here/storyboard.json" "$folder/storyboard.json"
cd "$folder"
TIMEFORMAT='%R %U %S'

tree() { # Resident KiB of a process and its descendants.
  ps -eo pid=,ppid=,rss= | awk -v root="$1" '{ parent[$1] = $2; rss[$1] = $3 } END { for (p in rss) { q = p; while (q > 1 && q != root) q = parent[q]; if (q == root) sum += rss[p] } print sum + 0 }'
}

measured() { # NAME COMMAND...: appends "wall cpu peakMiB" to NAME.txt
  local name=$1; shift
  ( time "$@" > "$name.log" 2>&1 ) 2> "$name.time" &
  local id=$! peak=0 now
  while kill -0 "$id" 2> /dev/null; do now=$(tree "$id"); [ "$now" -gt "$peak" ] && peak=$now; sleep 0.1; done
  wait "$id" || { cat "$name.log" >&2; exit 1; }
  awk -v peak="$peak" '{ printf "%.2f %.2f %d\n", $1, $2 + $3, peak / 1024 }' < <(tail -1 "$name.time") | tee -a "$name.txt"
}

ours() { rm -rf out data; measured "$1" "$root/url2video" render storyboard.json --out out --data data --format mp4 --ladder 1080 --workers "$cores"; }
floor() { measured "$1" ffmpeg -v error -y -f rawvideo -pix_fmt yuv420p -s 1920x1080 -r 30 -i frames.yuv -i sound.wav -c:v libx264 -preset veryfast -crf 21 -c:a aac -b:a 128k -movflags +faststart floor.mp4; }

ours warm > /dev/null
ffmpeg -v error -y -i out/video.mp4 -map 0:v -f rawvideo frames.yuv -map 0:a -c:a pcm_s16le sound.wav
floor warm > /dev/null
rm -f ours.txt floor.txt warm.txt
for i in $(seq "$pairs"); do echo "pair $i ours:  $(ours ours)"; echo "pair $i floor: $(floor floor)"; done
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
wall=$(paste ours.txt floor.txt | awk '{ printf "%.3f\n", $1 / $4 }' | median)
cpu=$(paste ours.txt floor.txt | awk '{ printf "%.3f\n", $2 / $5 }' | median)
memory=$(awk '$3 > m { m = $3 } END { print m }' ours.txt)
bytes=$(awk -v a="$(stat -c %s out/video.mp4)" -v b="$(stat -c %s floor.mp4)" 'BEGIN { printf "%.3f", a / b }')
echo "$cores cores, $pairs pairs, medians: wall $wall of the floor, CPU $cpu of the floor; peak memory of all our processes $memory MiB; bytes $bytes of the floor's"
rm -f frames.yuv
