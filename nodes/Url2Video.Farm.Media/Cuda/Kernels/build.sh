#!/bin/sh
# Makes pixels.ptx of pixels.cu. It needs clang 19 and nothing of NVIDIA's: no header, no library, no toolkit.
set -eu
cd "$(dirname "$0")"
exec clang-19 -x cuda --cuda-device-only --cuda-gpu-arch=sm_75 -nocudainc -nocudalib -O3 -S pixels.cu -o "${1:-pixels.ptx}"
