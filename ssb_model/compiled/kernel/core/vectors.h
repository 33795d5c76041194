/* ---- elementary functions of a `v` ----
 *
 * They are made of sums, products, quotients and fused multiply-adds alone, which are rounded alike
 * whatever the width: a member's numbers do not depend on how many stand beside it.
 */

/* a b + c, rounded once where the processor does that in one operation. */
static inline v v_fused(v a, v b, v c) {
#ifdef FUSED
  v r;
  for (int l = 0; l < WIDTH; l++) LANE(r, l) = fma(LANE(a, l), LANE(b, l), LANE(c, l));
  return r;
#else
  return a * b + c;
#endif
}
static inline v v_abs(v a) { return v_choose(a < 0.0, -a, a); }
static inline v v_larger(v a, v b) { return v_choose(a > b, a, b); }
static inline v v_sign(v a) {
  return v_choose(a > 0.0, v_of(1), v_choose(a < 0.0, v_of(-1), a));
}

#define EACH(name, f) \
  static inline v name(v a) { \
    v r; \
    for (int l = 0; l < WIDTH; l++) LANE(r, l) = f(LANE(a, l)); \
    return r; \
  }
EACH(v_sqrt, sqrt) EACH(v_floor, floor) EACH(v_ceil, ceil)
EACH(v_sin, sin) EACH(v_cos, cos) EACH(v_arctan, atan) EACH(v_erf, erf)

/* ln 2 in two parts, of which a whole number up to 2000 times the first is exact. */
#define LN2_HIGH 0x1.62e42feep-1
#define LN2_LOW 0x1.a39ef35793c76p-33
#define SHIFTER 0x1.8p52 /* added to a number, its nearest integer is in the last bits */

/* exp(a) = 2 half (1 + rest), where half is a power of two: for |a| up to 709.8. */
static inline v exp_parts(v a, v *half) {
  v shifted = v_fused(a, v_of(0x1.71547652b82fep0), v_of(SHIFTER)), n = shifted - SHIFTER;
  v r = v_fused(n, v_of(-LN2_LOW), v_fused(n, v_of(-LN2_HIGH), a));
  *half = of_bits((bits_of(shifted) << 52) + (int64_t)0x3fe0000000000000);
  v even = r * r; /* Taylor's series to r^13, its odd and its even terms apart */
  v odd = v_of(1.0 / 6227020800);
  odd = v_fused(odd, even, v_of(1.0 / 39916800));
  odd = v_fused(odd, even, v_of(1.0 / 362880));
  odd = v_fused(odd, even, v_of(1.0 / 5040));
  odd = v_fused(odd, even, v_of(1.0 / 120));
  odd = v_fused(odd, even, v_of(1.0 / 6));
  v rest = v_of(1.0 / 479001600);
  rest = v_fused(rest, even, v_of(1.0 / 3628800));
  rest = v_fused(rest, even, v_of(1.0 / 40320));
  rest = v_fused(rest, even, v_of(1.0 / 720));
  rest = v_fused(rest, even, v_of(1.0 / 24));
  rest = v_fused(rest, even, v_of(1.0 / 2));
  return v_fused(even, v_fused(r, odd, rest), r);
}

/* Below -708 the result would be denormal, which takes processors many times as long: it is zero. */
static inline v v_exp(v a) {
  m over = a > 709.782712893384, under = a < -708.0;
  v half, rest = exp_parts(v_choose(over | under, v_of(0), a), &half);
  v result = 2 * (half * (1 + rest));
  return v_choose(over, v_of(INFINITY), v_choose(under, v_of(0), result));
}

/* exp(a) - 1 by its parts, where it is finite. */
static inline v less_one(v half, v rest) { return rest * (2 * half) + (2 * half - 1); }

/* tanh(22) is 1 to the last place. */
static inline v v_tanh(v a) {
  v size = v_abs(a), half, rest = exp_parts(-2 * v_choose(size > 22.0, v_of(22), size), &half);
  v e = less_one(half, rest);
  v positive = -e / (2 + e);
  return v_choose(a < 0.0, -positive, positive);
}

static inline v v_sinh(v a) {
  v size = v_abs(a);
  m over = size > 709.782712893384;
  v half, rest = exp_parts(v_choose(over, v_of(0), size), &half);
  v e = less_one(half, rest), near = 0.5 * (e + e / (e + 1)), far = half * (1 + rest);
  v positive = v_choose(over, v_of(INFINITY), v_choose(size > 40.0, far, near));
  return v_choose(a < 0.0, -positive, positive);
}

static inline v v_cosh(v a) {
  v e = v_exp(v_abs(a));
  return 0.5 * e + 0.5 / e;
}

/* The logarithm of fdlibm (Sun Microsystems, 1993), e_log.c: with a = 2^k (1 + f) it is
 * k ln 2 + f - less. For normal numbers. */
static inline v log_parts(v a, v *f, v *less) {
  m bits = bits_of(a) + (int64_t)(0x3ff0000000000000 - 0x3fe6a09e00000000);
  m exponent = (bits >> 52) & 0x7ff;
  v k = of_bits(exponent | (int64_t)0x4330000000000000) - (0x1p52 + 1023);
  *f = of_bits((bits & (int64_t)0x000fffffffffffff) + (int64_t)0x3fe6a09e00000000) - 1;
  v s = *f / (2 + *f), z = s * s, w = z * z;
  v even = v_fused(w, v_of(1.531383769920937332e-01), v_of(2.222219843214978396e-01));
  even = w * v_fused(w, even, v_of(3.999999999940941908e-01));
  v odd = v_fused(w, v_of(1.479819860511658591e-01), v_of(1.818357216161805012e-01));
  odd = v_fused(w, odd, v_of(2.857142874366239149e-01));
  odd = z * v_fused(w, odd, v_of(6.666666666666735130e-01));
  v half = 0.5 * *f * *f;
  *less = half - s * (half + (even + odd));
  return k;
}

static inline v v_log(v a) {
  m tiny = a < 0x1p-1022;
  v f, less, k = log_parts(v_choose(tiny, a * 0x1p54, a), &f, &less);
  k = v_choose(tiny, k - 54, k);
  v result = k * LN2_HIGH - ((less - k * LN2_LOW) - f);
  result = v_choose(a == INFINITY, a, result);
  result = v_choose(a == 0.0, v_of(-INFINITY), result);
  return v_choose((a < 0.0) | (a != a), v_of(NAN), result);
}

/* exp(b ln a), where ln a is kept as a sum of two: right to about |b| / 8 last places more than exp.
 * What is not an ordinary power is the library's. */
static inline v v_pow(v a, v b) {
  m normal = (a >= 0x1p-1022) & (a < INFINITY);
  v f, less, k = log_parts(v_choose(normal, a, v_of(1)), &f, &less);
  v whole = k * LN2_HIGH, sum = whole + f;
  v rest = (f - (sum - whole)) + (k * LN2_LOW - less);
  v high = sum + rest, low = rest - (high - sum), power = b * high;
  m plain = normal & (v_abs(power) < 708.0);
  power = v_choose(plain, power, v_of(0));
  v half, e = exp_parts(power, &half), most = 2 * (half * (1 + e));
  v r = v_fused(most, v_fused(b, high, -power) + b * low, most);
  for (int l = 0; l < WIDTH; l++)
    if (!LANE(plain, l)) LANE(r, l) = pow(LANE(a, l), LANE(b, l));
  return r;
}

/* By log(1 + x), which near zero is log(w) x / (w - 1) with w = 1 + x as it is rounded. */
static inline v v_arcsinh(v a) {
  v size = v_abs(a);
  m large = size > 0x1p28;
  v safe = v_choose(large, v_of(0), size), square = safe * safe;
  v x = safe + square / (1 + v_sqrt(1 + square)), w = v_choose(large, size, 1 + x), l = v_log(w);
  v near = v_choose(w == 1.0, x, l * (x / v_choose(w == 1.0, v_of(1), w - 1)));
  v positive = v_choose(large, l + 0.693147180559945309417, near);
  return v_choose(a < 0.0, -positive, positive);
}

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
    int low = interval_of(LANE(a, l), knots, intervals);
    double s = polynomial(LANE(a, l) - knots[low], c + low * terms, terms);
    LANE(r, l) = is_within(LANE(a, l), knots, intervals, extrapolate) ? s : NAN;
  }
  return r;
}

#define MOST_VARIABLES 3

/* A variable of a piecewise polynomial of several. Within interval p its function j, a
 * polynomial of so many terms, weighs the coefficients from (p + j) * stride on. The last
 * variable has no functions: the coefficients are those of its own polynomials. */
typedef struct {
  const double *knots;
  int intervals;
  const double *functions;
  int terms, count, stride;
} axis;

static inline double of_last(const axis *axes, const int *p, const double *x, const double *c) {
  return polynomial(*x, c + *p * axes->terms, axes->terms);
}

#define WEIGHTED(name, inner) \
  static inline double name(const axis *axes, const int *p, const double *x, const double *c) { \
    double s = 0; \
    for (int j = 0; j < axes->count; j++) { \
      const double *f = axes->functions + (*p * axes->count + j) * axes->terms; \
      s += polynomial(*x, f, axes->terms) * inner(axes + 1, p + 1, x + 1, c + (*p + j) * axes->stride); \
    } \
    return s; \
  }
WEIGHTED(of_last_two, of_last) WEIGHTED(of_three, of_last_two)

static inline v v_tensor(int variables, const axis *axes, const v *a, const double *c,
                         int extrapolate) {
  v r;
  for (int l = 0; l < WIDTH; l++) {
    int p[MOST_VARIABLES], within = 1;
    double x[MOST_VARIABLES], s;
    for (int k = 0; k < variables; k++) {
      p[k] = interval_of(LANE(a[k], l), axes[k].knots, axes[k].intervals);
      x[k] = LANE(a[k], l) - axes[k].knots[p[k]];
      within &= is_within(LANE(a[k], l), axes[k].knots, axes[k].intervals, extrapolate);
    }
    s = variables == 2 ? of_last_two(axes, p, x, c) : of_three(axes, p, x, c);
    LANE(r, l) = within ? s : NAN;
  }
  return r;
}
