// Every pixel kernel that a frame may need, in whole numbers only: the same bits as RowKernels' scalar loops, which are the oracle.
// build.sh makes pixels.ptx of this; a test makes it again and compares.
#include "blend.cuh"
#include "blur.cuh"
#include "cover.cuh"
#include "displace.cuh"
#include "grade.cuh"
#include "mix.cuh"
#include "nodes.cuh"
#include "resample.cuh"
#include "shapes.cuh"
#include "siting.cuh"
#include "warp.cuh"
