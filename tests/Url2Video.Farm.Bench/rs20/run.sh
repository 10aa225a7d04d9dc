#!/bin/bash
# RS-20: a whole `url2video render` of twenty seconds at 1080p30 (photos under a slow camera, titles, lower thirds, cross-fades, a music bed) beside the floor: the ffmpeg program
# encoding the same finished frames (composed once more, raw) with the same x264 settings, and AAC. Pairs are interleaved; wall, CPU of all processes, peak memory of all processes, bytes.
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

# Of a process and its descendants: CPU ticks so far (each process's last reading counts, so none is lost with its parent) and proportional memory
# (KiB; pages that processes share count once).
look() { # ROOT FILE: appends "pid ticks" lines, prints the KiB
  cat /proc/[0-9]*/stat 2> /dev/null | sed 's/([^\n]*)/x/' | awk -v root="$1" '{ parent[$1] = $4; ticks[$1] = $14 + $15 }
    END { for (p in parent) { q = p; while (q > 1 && q != root) q = parent[q]; if (q == root) print p, ticks[p] } }' > "$2.now"
  cat "$2.now" >> "$2"
  awk '{ print "/proc/" $1 "/smaps_rollup" }' "$2.now" | xargs cat 2> /dev/null | awk '/^Pss:/ { sum += $2 } END { print sum + 0 }'
}

measured() { # NAME COMMAND...: appends "wall cpu peakMiB" to NAME.txt
  local name=$1 start end; shift
  start=$(date +%s%N)
  "$@" > "$name.log" 2>&1 &
  local id=$! peak=0 now
  : > "$name.ticks"
  while kill -0 "$id" 2> /dev/null; do now=$(look "$id" "$name.ticks"); [ "$now" -gt "$peak" ] && peak=$now; sleep 0.2; done
  wait "$id" || { cat "$name.log" >&2; exit 1; }
  end=$(date +%s%N)
  awk -v wall="$(((end - start) / 1000000))" -v peak="$peak" -v hz="$(getconf CLK_TCK)" '$2 > t[$1] { t[$1] = $2 } END { for (p in t) sum += t[p]; printf "%.2f %.2f %d\n", wall / 1000, sum / hz, peak / 1024 }' \
    "$name.ticks" | tee -a "$name.txt"
}

ours() { rm -rf out data; measured "$1" "$root/url2video" render storyboard.json --out out --data data --format mp4 --ladder 1080 --workers "$cores"; }
floor() { measured "$1" ffmpeg -v error -y -f rawvideo -pix_fmt yuv420p -s 1920x1080 -r 30 -i frames.yuv -i sound.wav -c:v libx264 -preset veryfast -crf 21 -c:a aac -b:a 128k -movflags +faststart floor.mp4; }

ours warm > /dev/null
dotnet run -c Release --project "$root/tests/Url2Video.Farm.Bench" -- frames out/storyboard.json data frames.yuv
ffmpeg -v error -y -i out/video.mp4 -map 0:a -c:a pcm_s16le sound.wav
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
