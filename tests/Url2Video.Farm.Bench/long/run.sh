#!/bin/bash
# A long film through the real path (chunks, mix, assembling): resident memory of the coordinator and of every worker process once a second, and frames per CPU second. At the end:
# memory in the last tenth of the time against the first tenth (drift, goal ≤ 5 %), the slope, frames per CPU second of the last tenth of the frames against the first (goal ≥ 95 %), and
# each worker's life, because workers are recycled. Everything sampled stays in FOLDER/samples.txt. A small picture makes it quick; nothing else is different.
# usage: run.sh FOLDER [MINUTES=60] [WIDTHxHEIGHT=320x180] [FPS=30] [MEMORY LIMIT in MiB: a cgroup where one can be made, else RLIMIT_DATA of each process]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
folder=${1:?usage: run.sh FOLDER [MINUTES] [WIDTHxHEIGHT] [FPS] [LIMIT]}
minutes=${2:-60} size=${3:-320x180} fps=${4:-30} limit=${5:-}
short=${size#*x}
mkdir -p "$folder"
cd "$folder"
rm -rf data out samples.txt
"$root/url2video" --version > /dev/null # Built before the clock runs.

# Scenes of twenty seconds.
awk -v n="$((minutes * 3))" -v w="${size%x*}" -v h="$short" -v fps="$fps" 'BEGIN {
  printf "{\"schema\":\"url2video.storyboard/1\",\"title\":\"A long film\",\"canvas\":{\"width\":%d,\"height\":%d,\"fps\":%d},\"music\":{\"mood\":\"calm\",\"seed\":1},\"scenes\":[", w, h, fps
  split("gradient waves grid", kinds, " ")
  for (i = 0; i < n; i++) printf "%s{\"id\":\"s%d\",\"say\":\"\",\"timing\":{\"fixedMs\":20000},\"transition\":{\"kind\":\"crossFade\",\"ms\":300},\"text\":[{\"kind\":\"lowerThird\",\"values\":[\"Scene %d\"]}],\"visual\":{\"kind\":\"procedural\",\"pattern\":\"%s\",\"seed\":%d}}", i ? "," : "", i, i, kinds[i % 3 + 1], i
  print "]}" }' > film.json

# The limit holds for this shell's children, so it is set in a subshell that becomes the render.
begin() {
  local v2=/sys/fs/cgroup/bench-$$ v1=/sys/fs/cgroup/memory/bench-$$
  if [ -z "$limit" ]; then how=none
  elif [ -f /sys/fs/cgroup/cgroup.controllers ] && mkdir "$v2" 2> /dev/null && [ -f "$v2/memory.max" ]; then how="cgroup v2"; group=$v2; echo $((limit << 20)) > "$v2/memory.max"
  elif [ -d /sys/fs/cgroup/memory ] && mkdir "$v1" 2> /dev/null && echo $((limit << 20)) > "$v1/memory.limit_in_bytes"; then how="cgroup v1"; group=$v1
  else how="RLIMIT_DATA of each process"; fi
  (
    [ -z "${group:-}" ] || echo "$BASHPID" > "$group/cgroup.procs"
    [ "$how" != "RLIMIT_DATA of each process" ] || ulimit -d $((limit << 10))
    wanted=(--format mp4,hls --ladder "$short")
    [ "$short" -le 1080 ] || wanted=(--format mp4) # No rung of a stream is taller.
    exec "$root/url2video" render film.json --out out --data data "${wanted[@]}" --json > progress.txt 2> log.txt
  ) &
  id=$!
}

# Appends "second pid isWorker residentKiB peakKiB proportionalKiB ticks frames" for every process of the tree.
look() {
  local now frames
  now=$((($(date +%s%N) - start) / 1000000))
  frames=$(grep -o '"framesDone":[0-9]*' progress.txt 2> /dev/null | tail -1 | cut -d: -f2 || true)
  { cat /proc/[0-9]*/stat 2> /dev/null || true; } | sed 's/([^\n]*)/x/' | awk -v root="$id" '{ parent[$1] = $4; ticks[$1] = $14 + $15 }
    END { for (p in parent) { q = p; while (q > 1 && q != root) q = parent[q]; if (q == root) print p, ticks[p] } }' | while read -r p ticks; do
    memory=$(cat "/proc/$p/status" "/proc/$p/smaps_rollup" 2> /dev/null | awk '/^VmRSS/ { r = $2 } /^VmHWM/ { h = $2 } /^Pss:/ { s = $2 } END { if (r) print r, h, s + 0 }') || continue
    [ -n "$memory" ] || continue
    kind=$(tr '\0' '\n' < "/proc/$p/cmdline" 2> /dev/null | grep -cx worker || true)
    echo "$((now / 1000)) $p $kind $memory $ticks ${frames:-0}" >> samples.txt
  done
}

trap 'kill "${id:-}" 2> /dev/null || true; [ -z "${group:-}" ] || rmdir "$group" 2> /dev/null || true' EXIT
how=none; start=$(date +%s%N)
begin
while kill -0 "$id" 2> /dev/null; do look; sleep 1; done
wait "$id" && status=0 || status=$?
seconds=$((($(date +%s%N) - start) / 1000000000))
[ -z "${group:-}" ] || rmdir "$group" 2> /dev/null || true
echo "$minutes minutes at ${size} and $fps frames a second: exit status $status after $seconds s; memory limit: ${limit:-none} ($how)"
[ "$status" -eq 0 ] || { tail -5 log.txt >&2; exit 1; }
awk -v root="$id" -v end="$seconds" -v hz="$(getconf CLK_TCK)" -v total="$((minutes * 60 * fps))" '
  function told(name, a, an, b, bn) { if (an && bn) printf "%s: first tenth %.1f MiB, last tenth %.1f MiB, drift %+.1f %%\n", name, a / an / 1024, b / bn / 1024, 100 * (b / bn) / (a / an) - 100 }
  { whole[$1] += $6; used[$2] = $7; if (!($2 in born)) { born[$2] = $1; early[$2] = $4; isWorker[$2] = $3 } last[$2] = $1; late[$2] = $4; high[$2] = $5; at[$1] = $8
    sum = 0; for (p in used) sum += used[p]; cpu[$1] = sum
    first = $1 >= 10 && $1 < end / 10 + 10; final = $1 >= end * 0.9   # The first ten seconds start programs.
    if ($2 == root) { n++; sx += $1; sy += $4; sxx += $1 * $1; sxy += $1 * $4; if (first) { ra += $4; rn++ } if (final) { rb += $4; rm++ } }
    else if ($3) { if (first) { wa += $4; wn++ } if (final) { wb += $4; wm++ } } }
  END {
    told("coordinator", ra, rn, rb, rm); told("worker processes, mean", wa, wn, wb, wm)
    if (n > 1) printf "coordinator: slope %.2f MiB a minute of the clock, peak %.1f MiB\n", 60 * (n * sxy - sx * sy) / (n * sxx - sx * sx) / 1024, high[root] / 1024
    for (s in whole) if (whole[s] > top) top = whole[s]
    printf "all processes together, proportional: %.1f MiB at most\n", top / 1024
    for (s = 0; s <= end; s++) if (s in at) { if (at[s] > 0 && !f0) { f0 = at[s]; c0 = cpu[s] } if (f0 && !f1 && at[s] >= f0 + total / 10) { f1 = at[s]; c1 = cpu[s] }
      if (at[s] >= total * 0.9 && !f2) { f2 = at[s]; c2 = cpu[s] } if (f2 && at[s] > f2 && at[s] > f3) { f3 = at[s]; c3 = cpu[s] } }
    if (c1 > c0 && c3 > c2) printf "frames per CPU second: first tenth %.1f, last tenth %.1f, %.1f %%\n", (f1 - f0) * hz / (c1 - c0), (f3 - f2) * hz / (c3 - c2), 100 * ((f3 - f2) / (c3 - c2)) / ((f1 - f0) / (c1 - c0))
    else print "frames per CPU second: too short to tell"
    for (p in born) if (isWorker[p] && last[p] - born[p] >= 3) printf "worker %d: %d s, resident %.1f -> %.1f MiB, peak %.1f MiB\n", p, last[p] - born[p], early[p] / 1024, late[p] / 1024, high[p] / 1024
  }' samples.txt | tee summary.txt
