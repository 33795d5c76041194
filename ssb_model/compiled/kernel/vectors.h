/* A value of the model for WIDTH members of the batch at once, and elementary functions. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef double v __attribute__((vector_size(8 * WIDTH)));
typedef int64_t m __attribute__((vector_size(8 * WIDTH)));

static inline v v_of(double x) { return x - (v){0}; }
static inline v v_choose(m mask, v a, v b) { return (v)((mask & (m)a) | (~mask & (m)b)); }
static inline v v_abs(v a) { return v_choose(a < 0.0, -a, a); }
static inline v v_sign(v a) {
  return v_choose(a > 0.0, v_of(1), v_choose(a < 0.0, v_of(-1), a));
}

#define EACH(name, f) \
  static inline v name(v a) { \
    v r; \
    for (int l = 0; l < WIDTH; l++) r[l] = f(a[l]); \
    return r; \
  }

/* glibc's vector functions, which agree with the scalar ones to 4 units in the last place. */
#if VECTOR_MATH && WIDTH == 8
#define WIDE(f) _ZGVeN8v_##f
#define WIDE2(f) _ZGVeN8vv_##f
#elif VECTOR_MATH && WIDTH == 4
#define WIDE(f) _ZGVdN4v_##f
#define WIDE2(f) _ZGVdN4vv_##f
#endif
#ifdef WIDE
#define BOTH(f) \
  extern v WIDE(f)(v); \
  static inline v v_##f(v a) { return WIDE(f)(a); }
extern v WIDE2(pow)(v, v);
/* Its power of -0 is not a number; -0 + 0 is 0. */
static inline v v_pow(v a, v b) { return WIDE2(pow)(a + 0.0, b); }
#else
#define BOTH(f) EACH(v_##f, f)
static inline v v_pow(v a, v b) {
  v r;
  for (int l = 0; l < WIDTH; l++) r[l] = pow(a[l], b[l]);
  return r;
}
#endif

#ifdef WIDE
/* Below -708 the result is denormal or zero, and the library twenty times slower. */
extern v WIDE(exp)(v);
static inline v v_exp(v a) {
  m gone = a < -708.0;
  return v_choose(gone, v_of(0), WIDE(exp)(v_choose(gone, v_of(0), a)));
}
/* Faster than the library's; tanh(22) is 1 to the last place. */
extern v WIDE(expm1)(v);
static inline v v_tanh(v a) {
  v size = v_abs(a), e = WIDE(expm1)(-2 * v_choose(size > 22.0, v_of(22), size));
  v positive = -e / (2 + e);
  return v_choose(a < 0.0, -positive, positive);
}
#else
EACH(v_exp, exp) EACH(v_tanh, tanh)
#endif
BOTH(log) BOTH(sin) BOTH(cos) BOTH(sinh) BOTH(cosh) BOTH(erf)
#ifdef WIDE
extern v WIDE(asinh)(v);
extern v WIDE(atan)(v);
static inline v v_arcsinh(v a) { return WIDE(asinh)(a); }
static inline v v_arctan(v a) { return WIDE(atan)(a); }
#else
EACH(v_arcsinh, asinh) EACH(v_arctan, atan)
#endif
EACH(v_sqrt, sqrt) EACH(v_floor, floor) EACH(v_ceil, ceil)

/* Of so many intervals between knots the one that a is in; a knot belongs to the one on its
 * left. */
static inline int interval_of(double a, const double *knots, int intervals) {
  int low = 0, high = intervals;
  while (high - low > 1) {
    int middle = (low + high) / 2;
    if (a > knots[middle]) low = middle; else high = middle;
  }
  return low;
}

/* A polynomial by its coefficients, lowest power first. */
static inline double polynomial(double x, const double *c, int terms) {
  double s = 0;
  for (int k = terms - 1; k >= 0; k--) s = s * x + c[k];
  return s;
}

static inline int is_within(double a, const double *knots, int intervals, int extrapolate) {
  return extrapolate ? a == a : a >= knots[0] && a <= knots[intervals];
}

/* A piecewise polynomial: coefficients about the left knot, a row an interval. */
static inline v v_piecewise(v a, const double *knots, int intervals, const double *c, int terms,
                            int extrapolate) {
  v r;
  for (int l = 0; l < WIDTH; l++) {
    int low = interval_of(a[l], knots, intervals);
    double s = polynomial(a[l] - knots[low], c + low * terms, terms);
    r[l] = is_within(a[l], knots, intervals, extrapolate) ? s : NAN;
  }
  return r;
}

/* A variable of a piecewise polynomial of several. Within interval p its function j, a
 * polynomial of so many terms, weighs the coefficients from (p + j) * stride on. The last
 * variable has no functions: the coefficients are those of its own polynomials. */
typedef struct {
  const double *knots;
  int intervals;
  const double *functions;
  int terms, count, stride;
} axis;

static inline double weighted(const axis *axes, const int *p, const double *x, const double *c) {
  if (axes->count == 0) return polynomial(*x, c + *p * axes->terms, axes->terms);
  double s = 0;
  for (int j = 0; j < axes->count; j++) {
    const double *f = axes->functions + (*p * axes->count + j) * axes->terms;
    s += polynomial(*x, f, axes->terms) * weighted(axes + 1, p + 1, x + 1, c + (*p + j) * axes->stride);
  }
  return s;
}

static inline v v_tensor(int variables, const axis *axes, const v *a, const double *c,
                         int extrapolate) {
  v r;
  for (int l = 0; l < WIDTH; l++) {
    int p[variables], within = 1;
    double x[variables];
    for (int k = 0; k < variables; k++) {
      p[k] = interval_of(a[k][l], axes[k].knots, axes[k].intervals);
      x[k] = a[k][l] - axes[k].knots[p[k]];
      within &= is_within(a[k][l], axes[k].knots, axes[k].intervals, extrapolate);
    }
    r[l] = within ? weighted(axes, p, x, c) : NAN;
  }
  return r;
}
