/* What a library for Windows needs where Zig's C library is left out: that one takes a minute to
 * make. Windows has the functions; this is how a library starts, and what clang calls for a sine
 * beside a cosine. */
#include <math.h>

int __stdcall DllMainCRTStartup(void *library, unsigned reason, void *reserved) { return 1; }

static __attribute__((noinline)) double sine(double x) { return sin(x); }
static __attribute__((noinline)) double cosine(double x) { return cos(x); }

void sincos(double x, double *s, double *c) {
  *s = sine(x);
  *c = cosine(x);
}
