// The kernels as ordinary C++: the same source that becomes PTX, its threads run one after the other.
#include "pixels.cu"
#include <cstddef>
#include <cstring>
#include <utility>

template <class... A, std::size_t... I>
static void call(void (*kernel)(A...), void **values, std::index_sequence<I...>) { kernel(*static_cast<A *>(values[I])...); }

template <class... A>
static int run(void (*kernel)(A...), int threads_x, int threads_y, void **values)
{
    for (host_thread_y = 0; host_thread_y < threads_y; host_thread_y++)
        for (host_thread_x = 0; host_thread_x < threads_x; host_thread_x++)
            call(kernel, values, std::index_sequence_for<A...>{});
    return 1;
}

#define TRY(name) if (std::strcmp(kernel, #name) == 0) return run(name, threads_x, threads_y, values)

// 0 when there is no such kernel.
extern "C" int host_launch(const char *kernel, int threads_x, int threads_y, void **values)
{
    TRY(affine);
    TRY(blend);
    TRY(blur_columns);
    TRY(blur_rows);
    TRY(cross_fade);
    TRY(displace);
    TRY(double_columns);
    TRY(expand);
    TRY(expand_through);
    TRY(finish);
    TRY(gather);
    TRY(lay);
    TRY(light);
    TRY(light_pair);
    TRY(luma_at_chroma);
    TRY(lut);
    TRY(mix_by_field);
    TRY(mix_rows);
    TRY(over);
    TRY(paint);
    TRY(paint_disc);
    TRY(paint_glow);
    TRY(paint_quad);
    TRY(warp);
    TRY(wipe);
    return 0;
}
