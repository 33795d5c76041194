/* A value of the model for WIDTH members of the batch at once. A block of one member is a plain number,
 * so that the compiler may put neighbouring rows side by side instead. What depends on how members
 * lie beside each other is here; for GPUs gpu/tile.h takes this file's place.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if WIDTH == 1
typedef double v;
typedef int64_t m;
#define LANE(x, l) (x)
static inline v v_of(double x) { return x; }
static inline v v_choose(m mask, v a, v b) { return mask ? a : b; }
static inline m m_not(m mask) { return !mask; }
static inline v of_bits(m bits) { v x; memcpy(&x, &bits, sizeof(x)); return x; }
static inline m bits_of(v x) { m bits; memcpy(&bits, &x, sizeof(x)); return bits; }
#else
typedef double v __attribute__((vector_size(8 * WIDTH)));
typedef int64_t m __attribute__((vector_size(8 * WIDTH)));
#define LANE(x, l) ((x)[l])
static inline v v_of(double x) { return x - (v){0}; }
static inline v v_choose(m mask, v a, v b) { return (v)((mask & (m)a) | (~mask & (m)b)); }
static inline m m_not(m mask) { return ~mask; }
static inline v of_bits(m bits) { return (v)bits; }
static inline m bits_of(v x) { return (m)x; }
#endif

/* WIDTH neighbours of an array, and the first few of them back. */
static inline v v_load(const double *from) { v x; memcpy(&x, from, sizeof(x)); return x; }
static inline void v_store(double *to, const v *from, int count) {
  memcpy(to, from, sizeof(double) * count);
}
static inline void copy(v *to, const v *from, int64_t count) { memcpy(to, from, sizeof(v) * count); }

#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
#define FUSED /* the processor has multiply-adds */
#endif
#define SWAPS 1 /* two arrays change places by their pointers */
/* Numbers in the text that the C compiler must read when it needs them: GCC 12 puts a run of eight that
 * ends in zeros into a register as eight that are all alike, where it knows them (AVX-512). */
#define TABLE static __attribute__((used))
#define BOTH static /* functions that GPUs' programs run on either side */
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("GCC unroll 8")
