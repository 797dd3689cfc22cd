// Questions to segments: which rows of a stretch, and counts of them. A stretch has bits in 64-bit words, row by row.
#pragma once
#include "text.h"

static inline u32 words_of(u32 rows) { return (rows + 63) / 64; }
#define EACH_WORD(w, rows) for (u32 w = 0, words = words_of(rows); w < words; w++)
// Sets a word of `out` from a test of its up to 64 rows.
#define BITS(out, rows, k, test) \
  EACH_WORD(w, rows) { \
    u64 x = 0; \
    const u32 from = w * 64, n = rows - from < 64 ? rows - from : 64; \
    for (u32 b = 0; b < n; b++) { const u32 k = from + b; x |= (u64)(test) << b; } \
    out[w] = x; \
  }

static void bits_of_code8(const u8 *codes, u32 rows, u8 code, u64 *out) {
  const u32 whole = rows / 64;
  for (u32 w = 0; w < whole; w++) {
    const v128_t v[4] = {ld(codes + w * 64), ld(codes + w * 64 + 16), ld(codes + w * 64 + 32), ld(codes + w * 64 + 48)};
    out[w] = eq64(v, code);
  }
  if (rows % 64) {
    u64 x = 0;
    for (u32 k = whole * 64; k < rows; k++) x |= (u64)(codes[k] == code) << (k & 63);
    out[whole] = x;
  }
}
static inline u32 eq16x8(const u16 *p, v128_t code) {
  return wasm_i8x16_bitmask(wasm_i8x16_narrow_i16x8(wasm_i16x8_eq(wasm_v128_load(p), code), wasm_i16x8_eq(wasm_v128_load(p + 8), code)));
}
static void bits_of_code16(const u16 *codes, u32 rows, u16 code, u64 *out) {
  const v128_t c = wasm_i16x8_splat((short)code);
  const u32 whole = rows / 64;
  for (u32 w = 0; w < whole; w++) {
    const u16 *p = codes + w * 64;
    out[w] = join(eq16x8(p, c), eq16x8(p + 16, c), eq16x8(p + 32, c), eq16x8(p + 48, c));
  }
  if (rows % 64) {
    u64 x = 0;
    for (u32 k = whole * 64; k < rows; k++) x |= (u64)(codes[k] == code) << (k & 63);
    out[whole] = x;
  }
}
// Rows whose code is marked in `table` (a byte per code).
static void bits_of_codes(const u8 *codes, u32 width, u32 rows, const u8 *table, u64 *out) {
  const u16 *wide = (const u16 *)codes;
  if (width == 1) BITS(out, rows, k, table[codes[k]])
  else BITS(out, rows, k, table[wide[k]])
}
// Whole numbers are kept as distance from the smallest one; the greatest code stands for no number.
static void bits_of_ints(const u8 *data, u32 width, u32 rows, u32 low, u32 high, u64 *out) {
  const u16 *two = (const u16 *)data;
  const u32 *four = (const u32 *)data, span = high - low;
  if (width == 1) BITS(out, rows, k, data[k] - low <= span)
  else if (width == 2) BITS(out, rows, k, two[k] - low <= span)
  else BITS(out, rows, k, four[k] - low <= span)
}
static void bits_of_reals(const double *data, u32 rows, double low, double high, u32 low_in, u32 high_in, u64 *out) {
  BITS(out, rows, k, (low_in ? data[k] >= low : data[k] > low) & (high_in ? data[k] <= high : data[k] < high))
}
static void bits_of_longs(const i64 *data, u32 rows, i64 low, i64 high, u64 *out) {
  BITS(out, rows, k, (data[k] >= low) & (data[k] <= high))
}
// Rows whose whole number, as decimal text, holds the needle.
static void bits_of_digits(const u8 *data, u32 width, u32 rows, i64 base, const Needle *N, const u64 *among, u64 *out) {
  u8 text[64];
  const u16 *two = (const u16 *)data;
  const u32 *four = (const u32 *)data, none = width == 1 ? 255 : width == 2 ? 65535 : ~0u;
  EACH_WORD(w, rows) {
    u64 x = 0;
    for (u64 m = among[w]; m; m &= m - 1) {
      u32 b = (u32)__builtin_ctzll(m), k = w * 64 + b;
      if (k >= rows) break;
      u32 code = width == 1 ? data[k] : width == 2 ? two[k] : four[k];
      if (code == none) continue;
      i64 v = base + code;
      u64 left = v < 0 ? (u64)-v : (u64)v;
      u8 *p = text + 24;
      do { *--p = (u8)('0' + left % 10); left /= 10; } while (left);
      if (v < 0) *--p = '-';
      u32 n = (u32)(text + 24 - p);
      if (find_text(N, p, n) < n) x |= 1ull << b;
    }
    out[w] = x;
  }
}

// Calls `each` with k for every row of the stretch that is among `bits` (0: all of them).
#define EACH_ROW(bits, rows, k, each) \
  if (!bits) { for (u32 k = 0; k < rows; k++) { each; } } \
  else EACH_WORD(w, rows) for (u64 m = bits[w]; m; m &= m - 1) { const u32 k = w * 64 + (u32)__builtin_ctzll(m); each; }

static void count_codes(const u8 *codes, u32 width, u32 rows, const u64 *bits, u32 *counts) {
  const u16 *wide = (const u16 *)codes;
  if (width == 1) { EACH_ROW(bits, rows, k, counts[codes[k]]++) }
  else { EACH_ROW(bits, rows, k, counts[wide[k]]++) }
}
static void count_pairs(const u8 *a, u32 aw, const u8 *b, u32 bw, u32 rows, const u64 *bits, u32 across, u32 *counts) {
  const u16 *wa = (const u16 *)a, *wb = (const u16 *)b;
  if (aw == 1 && bw == 1) { EACH_ROW(bits, rows, k, counts[a[k] * across + b[k]]++) }
  else if (aw == 1) { EACH_ROW(bits, rows, k, counts[a[k] * across + wb[k]]++) }
  else if (bw == 1) { EACH_ROW(bits, rows, k, counts[wa[k] * across + b[k]]++) }
  else { EACH_ROW(bits, rows, k, counts[wa[k] * across + wb[k]]++) }
}
// Rows per stretch of `size` from `start`, of `buckets` stretches, in row `by[k]` of the table of counts; answers how many have
// no time. Times mostly go on within the same stretch, so they are seldom divided.
static u32 count_times(const i64 *times, const u8 *by, u32 bw, u32 rows, const u64 *bits, i64 start, i64 size, u32 buckets, u32 *counts, u32 *timeless) {
  const u16 *wide = (const u16 *)by;
  u32 outside = 0, n = 0;
  i64 low = 1, high = 0;
  EACH_ROW(bits, rows, k, {
    const i64 t = times[k];
    const u32 code = !by ? 0 : bw == 1 ? by[k] : wide[k];
    if (t == INT64_MIN) { timeless[code]++; continue; }
    if (t < low || t >= high) {
      if (t < start || (t - start) / size >= buckets) { outside++; continue; }
      n = (u32)((t - start) / size);
      low = start + (i64)n * size;
      high = low + size;
    }
    counts[code * buckets + n]++;
  })
  return outside;
}
