// Builds segments from the leaf pages of a row table: per column the distinct values with a code each, numbers, instants.
#pragma once
#include "leaf.h"

// The number that a text in a column of numbers stands for; NaN for none.
double js_number_of(const u8 *p, u32 n) IMPORT(number_of);

// A longer value takes an expression so long that it should be watched, which a test of codes does not.
enum { STRETCH = 65536, CODES_MAX = 4095, PROBES_MAX = 64, VALUE_MAX = 1000, NUMBERS_MAX = 1024 };
enum { MAKE_CODES = 1, MAKE_NUMBERS = 2, MAKE_INSTANTS = 4 };
// What a segment holds. Codes: 0 for an empty cell. Ints: distance from `base`, all bits set for no number. Reals: NaN for none.
enum { S_CODES8 = 1, S_CODES16, S_INTS8, S_INTS16, S_INTS32, S_REALS, S_MIXED, S_INSTANTS, S_CODES32 };
enum { SEGMENT_HEAD = 16 };

typedef struct { u32 hash, type, count, next; } Value; // its bytes follow
typedef struct {
  u32 make, values, bytes; // MAKE_*; distinct values so far and bytes of them
  u32 first, last;         // values in the order of their codes: entries are linked
  u32 *slots; u32 mask;    // address of a Value, and its code, per slot
  u32 *codes_of;
  u16 *codes;
  union { double *reals; i64 *longs; };
  u32 mixed;               // a text stood between the numbers of this stretch
  u32 before;              // the Value of the row before
  u32 before_code;
} Make;

typedef struct {
  Reader reader;
  Make *columns; u32 ncolumns;
  u32 *of; u32 fields;     // per value of a record: 1 + its column, or 0
  u8 *free, *end;          // room for values
  u64 first; u32 rows, seen; // `seen`: rows of this stretch so far
} Build;

static inline int same_bytes(const u8 *a, const u8 *b, u32 n) {
  u32 i = 0;
  for (; i + 8 <= n; i += 8) if (rd64(a + i) != rd64(b + i)) return 0;
  for (; i < n; i++) if (a[i] != b[i]) return 0;
  return 1;
}
static inline u8 *value_bytes(u32 v) { return (u8 *)(uintptr_t)v + sizeof(Value); }
static inline u8 *room_take(Build *B, u32 n) {
  n = (n + 7) & ~7u;
  if ((u32)(B->end - B->free) < n + 16) return 0;
  u8 *p = B->free;
  B->free += n;
  return p;
}
// Of at most nine places of the value: values are few, and PROBES_MAX bounds what alike ones cost. Without a secret, so that the
// same rows give the same segments: values made to collide only lose their column its codes.
static inline u32 value_hash(const u8 *p, u32 n, u32 type) {
  u64 h = (u64)type * 0x9E3779B97F4A7C15ull;
  if (n < 8) h ^= n ? rd64(p) & ((1ull << (n * 8)) - 1) : 0;
  else {
    const u32 step = n <= 64 ? 8 : n / 8;
    for (u32 i = 0; i + 8 < n; i += step) { h = (h ^ rd64(p + i)) * 0xff51afd7ed558ccdull; h ^= h >> 32; }
    h ^= rd64(p + n - 8);
  }
  // The last letters stand in the highest bits: they have to come down before they can spread.
  h *= 0x9E3779B97F4A7C15ull;
  h = (h ^ h >> 29 ^ h >> 47) * 0xff51afd7ed558ccdull;
  return (u32)(h >> 32) | 1;
}
static int slots_grow(Build *B, Make *M, u32 size) {
  u32 *slots = (u32 *)room_take(B, size * 4), *codes = (u32 *)room_take(B, size * 4);
  if (!slots || !codes) return 0;
  __builtin_memset(slots, 0, size * 4);
  for (u32 i = 0; M->slots && i <= M->mask; i++) {
    if (!M->slots[i]) continue;
    u32 k = ((Value *)(uintptr_t)M->slots[i])->hash >> 1 & (size - 1);
    while (slots[k]) k = (k + 1) & (size - 1);
    slots[k] = M->slots[i];
    codes[k] = M->codes_of[i];
  }
  M->slots = slots; M->codes_of = codes; M->mask = size - 1;
  return 1;
}
// The code of a value; ~0 where there are too many different ones.
static u32 code_of(Build *B, Make *M, u32 type, const u8 *p, u32 n) {
  if (M->before) {
    const Value *v = (const Value *)(uintptr_t)M->before;
    if (v->type == type && same_bytes(value_bytes(M->before), p, n)) { ((Value *)(uintptr_t)M->before)->count++; return M->before_code; }
  }
  const u32 hash = value_hash(p, n, type);
  u32 k = hash >> 1 & M->mask;
  for (u32 probes = 0; M->slots[k]; k = (k + 1) & M->mask) {
    Value *v = (Value *)(uintptr_t)M->slots[k];
    if (v->hash == hash && v->type == type && same_bytes(value_bytes(M->slots[k]), p, n)) {
      v->count++;
      M->before = M->slots[k];
      return M->before_code = M->codes_of[k];
    }
    if (++probes > PROBES_MAX) return ~0u;
  }
  if (M->values == CODES_MAX) return ~0u;
  // Numbers can be counted and compared as they are.
  if (M->make & MAKE_NUMBERS && M->values == NUMBERS_MAX) return ~0u;
  u8 *at = room_take(B, sizeof(Value) + n);
  if (!at) return ~0u;
  *(Value *)at = (Value){hash, type, 1, 0};
  copy_exact(at + sizeof(Value), p, n);
  const u32 entry = (u32)(uintptr_t)at;
  if (M->last) ((Value *)(uintptr_t)M->last)->next = entry; else M->first = entry;
  M->last = entry;
  M->bytes += n;
  M->slots[k] = entry;
  M->codes_of[k] = ++M->values;
  M->before = entry;
  M->before_code = M->values;
  if (M->values * 2 > M->mask && !slots_grow(B, M, (M->mask + 1) * 2)) return ~0u;
  return M->values;
}

static int build_row(Build *B, const Row *r, u32 k) {
  Fields F;
  if (!fields_begin(r, &F)) return 0;
  u64 type; const u8 *at; u32 len;
  for (u32 f = 0; f < B->fields; f++) {
    int more = fields_next(&F, &type, &at, &len);
    if (more <= 0) return more == 0; // a row that was stored with fewer values than there are columns
    if (!B->of[f]) continue;
    Make *M = &B->columns[B->of[f] - 1];
    if (M->make & MAKE_INSTANTS) { M->longs[k] = type == 0 || is_text(type) || type == 7 ? INT64_MIN : int_of(type, at); continue; }
    if (M->make & MAKE_CODES) {
      u32 code = type == 0 ? 0 : len > VALUE_MAX ? ~0u : code_of(B, M, (u32)type, at, len);
      if (code == ~0u) M->make &= ~(u32)MAKE_CODES;
      else M->codes[k] = (u16)code;
    }
    if (!(M->make & MAKE_NUMBERS)) continue;
    if (is_text(type)) { M->mixed = 1; M->reals[k] = js_number_of(at, len); }
    else M->reals[k] = type == 0 ? __builtin_nan("") : type == 7 ? real_of(at) : (double)int_of(type, at);
  }
  return 1;
}

// Takes in the rows of some pages that belong to the stretch; 0 where a page is damaged.
static int build_run(Build *B, const u8 *pages, u32 count) {
  for (u32 k = 0; k < count; k++) {
    const u8 *page = pages + (size_t)k * B->reader.size;
    const u32 cells = leaf_cells(&B->reader, page);
    if (cells == ~0u) return 0;
    for (u32 i = 0; i < cells; i++) {
      Row r;
      if (row_head(&B->reader, page, i, &r) == ROW_DAMAGED) return 0;
      u64 bit = r.row - B->first;
      if (bit >= B->rows) continue;
      int whole = row_whole(&B->reader, &r);
      if (whole == ROW_DAMAGED) return 0;
      if (whole == ROW_TOO_LONG) {
        // Its values are not known: no column can be relied on in this stretch.
        for (u32 c = 0; c < B->ncolumns; c++) B->columns[c].make = 0;
      } else if (!build_row(B, &r, (u32)bit)) return 0;
      B->seen++;
    }
  }
  return 1;
}

// Writes what the stretch holds of a column, as codes or as what else is made of it; answers the bytes, 0 for none.
static u32 segment_put(const Build *B, const Make *M, u32 codes, u8 *out) {
  const u32 rows = B->rows;
  u8 *data = out + SEGMENT_HEAD;
  for (u32 i = 0; i < SEGMENT_HEAD; i++) out[i] = 0;
  if (!codes && M->make & MAKE_INSTANTS) {
    out[0] = S_INSTANTS;
    __builtin_memcpy(data, M->longs, rows * 8);
    return SEGMENT_HEAD + rows * 8;
  }
  if (codes) {
    if (!(M->make & MAKE_CODES)) return 0;
    u32 most = 0;
    for (u32 k = 0; k < rows; k++) if (M->codes[k] > most) most = M->codes[k];
    out[0] = most < 256 ? S_CODES8 : S_CODES16;
    if (most < 256) { for (u32 k = 0; k < rows; k++) data[k] = (u8)M->codes[k]; return SEGMENT_HEAD + rows; }
    __builtin_memcpy(data, M->codes, rows * 2);
    return SEGMENT_HEAD + rows * 2;
  }
  if (!(M->make & MAKE_NUMBERS)) return 0;
  double low = __builtin_inf(), high = -__builtin_inf();
  u32 whole = !M->mixed;
  for (u32 k = 0; k < rows && whole; k++) {
    const double v = M->reals[k];
    if (v != v) continue;
    if (v != __builtin_trunc(v)) whole = 0;
    if (v < low) low = v;
    if (v > high) high = v;
  }
  if (low > high) low = high = 0;
  if (!whole || high - low > 4294967290.0 || low < -9007199254740991.0 || high > 9007199254740991.0) {
    out[0] = M->mixed ? S_MIXED : S_REALS;
    __builtin_memcpy(data, M->reals, rows * 8);
    return SEGMENT_HEAD + rows * 8;
  }
  const i64 base = (i64)low;
  __builtin_memcpy(out + 8, &base, 8);
  const u32 width = high - low < 255 ? 1 : high - low < 65535 ? 2 : 4;
  out[0] = width == 1 ? S_INTS8 : width == 2 ? S_INTS16 : S_INTS32;
  for (u32 k = 0; k < rows; k++) {
    const double v = M->reals[k];
    const u32 code = v != v ? ~0u : (u32)(v - low);
    if (width == 1) data[k] = (u8)code;
    else if (width == 2) ((u16 *)data)[k] = (u16)code;
    else ((u32 *)data)[k] = code;
  }
  return SEGMENT_HEAD + rows * width;
}
