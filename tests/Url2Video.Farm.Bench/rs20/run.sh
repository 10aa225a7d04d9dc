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

. "$here/../measured.sh"

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
