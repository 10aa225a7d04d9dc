#!/bin/bash
# Sourced by the scripts beside it: what a command and all processes below it cost.
# A process may end between two looks: that is no fault.

# Of a process and its descendants: CPU ticks so far (each process's last reading counts, so none is lost with its parent) and proportional memory
# (KiB; pages that processes share count once).
look() { # ROOT FILE: appends "pid ticks" lines, prints the KiB
  { cat /proc/[0-9]*/stat 2> /dev/null || true; } | sed 's/([^\n]*)/x/' | awk -v root="$1" '{ parent[$1] = $4; ticks[$1] = $14 + $15 }
    END { for (p in parent) { q = p; while (q > 1 && q != root) q = parent[q]; if (q == root) print p, ticks[p] } }' > "$2.now"
  cat "$2.now" >> "$2"
  awk '{ print "/proc/" $1 "/smaps_rollup" }' "$2.now" | { xargs cat 2> /dev/null || true; } | awk '/^Pss:/ { sum += $2 } END { print sum + 0 }'
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
