// Shorthands of the fast import: SIMD masks of 64 bytes, big-endian and varint writing, and what JavaScript supplies.
// Freestanding C for wasm32 with SIMD128: no libc, no static data that changes (all workers share one memory).
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <wasm_simd128.h>

#define EXPORT __attribute__((visibility("default")))
#define IMPORT(name) __attribute__((import_module("env"), import_name(#name)))
#define unlikely(x) __builtin_expect(!!(x), 0)

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int32_t i32;
typedef int64_t i64;

// Number(text) where String(Number(text)) is the text and an integer is a safe one; NaN otherwise.
double js_number(const u8 *p, u32 n) IMPORT(number);
// Microseconds since 1970 of a time cell of that column; NaN where it is none.
double js_time(u32 column, const u8 *p, u32 n) IMPORT(time);
// So many rows came in that minute since 1970.
void js_minute(double minute, u32 rows) IMPORT(minute);

static inline v128_t ld(const u8 *p) { return wasm_v128_load(p); }
static inline void st(u8 *p, v128_t v) { wasm_v128_store(p, v); }
static inline u32 eq16(v128_t a, u8 c) { return wasm_i8x16_bitmask(wasm_i8x16_eq(a, wasm_i8x16_splat((char)c))); }
static inline u64 join(u32 a, u32 b, u32 c, u32 d) { return (u64)a | (u64)b << 16 | (u64)c << 32 | (u64)d << 48; }
static inline u64 eq64(const v128_t v[4], u8 c) { return join(eq16(v[0], c), eq16(v[1], c), eq16(v[2], c), eq16(v[3], c)); }
static inline u64 below(size_t n) { return n >= 64 ? ~0ull : (1ull << n) - 1; }
// Bit k: an odd number of set bits at or below k. Of quote marks: the text after them is quoted.
static inline u64 prefix_xor(u64 x) {
  x ^= x << 1; x ^= x << 2; x ^= x << 4; x ^= x << 8; x ^= x << 16;
  return x ^ x << 32;
}
static inline u64 rd64(const u8 *p) { u64 v; __builtin_memcpy(&v, p, 8); return v; }

static inline void be16(u8 *p, u32 v) { p[0] = (u8)(v >> 8); p[1] = (u8)v; }
static inline void be32(u8 *p, u32 v) { be16(p, v >> 16); be16(p + 2, v); }
static inline u32 rd32be(const u8 *p) { return (u32)p[0] << 24 | (u32)p[1] << 16 | (u32)p[2] << 8 | p[3]; }

// SQLite's varint; values here stay below 2^56, so the nine-byte form never comes up.
static inline u32 vlen(u64 v) { return (70 - (u32)__builtin_clzll(v | 1)) / 7; }
static inline u8 *vput(u8 *o, u64 v) {
  if (v < 128) { *o = (u8)v; return o + 1; }
  if (v < 16384) { o[0] = (u8)(v >> 7) | 128; o[1] = v & 127; return o + 2; }
  u32 n = vlen(v);
  for (u32 i = n; i-- > 0; v >>= 7) o[i] = (u8)(v & 127) | (i == n - 1 ? 0 : 128);
  return o + n;
}

// Eight bytes the other way round.
static inline void be64(u8 *p, u64 v) {
  v128_t x = wasm_i64x2_splat((i64)v);
  x = wasm_i8x16_shuffle(x, x, 7, 6, 5, 4, 3, 2, 1, 0, 7, 6, 5, 4, 3, 2, 1, 0);
  u64 back = (u64)wasm_i64x2_extract_lane(x, 0);
  __builtin_memcpy(p, &back, 8);
}
// A SQLite integer: its serial type goes to *h, its bytes to b. Answers the byte after; writes up to 7 bytes more.
static inline u8 *int_put(u8 **h, u8 *b, i64 v) {
  // Serial types and bytes of a value by the bytes it needs, less one: there are none of five and seven bytes.
  static const u8 TYPE[8] = {1, 2, 3, 4, 5, 5, 6, 6}, BYTES[8] = {1, 2, 3, 4, 6, 6, 8, 8};
  if ((u64)v < 2) { *(*h)++ = (u8)(8 + v); return b; }
  u32 need = (64 - (u32)__builtin_clzll(((u64)v ^ (u64)(v >> 63)) | 1)) / 8, n = BYTES[need];
  *(*h)++ = TYPE[need];
  be64(b, (u64)v << (64 - n * 8));
  return b + n;
}

// Copies n bytes in steps of 16: reads and writes up to 15 bytes more.
static inline void copy(u8 *d, const u8 *s, u32 n) { for (u32 i = 0; i < n; i += 16) st(d + i, ld(s + i)); }
// The same for cells, most of which are short: reads and writes up to 31 bytes more (16 of an empty one).
static inline void copy_cell(u8 *d, const u8 *s, u32 n) {
  st(d, ld(s));
  if (n <= 16) return;
  st(d + 16, ld(s + 16));
  for (u32 i = 32; i < n; i += 32) { st(d + i, ld(s + i)); st(d + i + 16, ld(s + i + 16)); }
}
static inline void copy_exact(u8 *d, const u8 *s, u32 n) {
  u32 i = 0;
  for (; i + 64 <= n; i += 64) {
    v128_t v[4] = {ld(s + i), ld(s + i + 16), ld(s + i + 32), ld(s + i + 48)};
    st(d + i, v[0]); st(d + i + 16, v[1]); st(d + i + 32, v[2]); st(d + i + 48, v[3]);
  }
  for (; i + 16 <= n; i += 16) st(d + i, ld(s + i));
  if (i == n) return;
  // The last ones again as a whole: reads and writes nothing beyond the ends.
  if (n >= 16) { st(d + n - 16, ld(s + n - 16)); return; }
  if (n >= 8) {
    u64 first = rd64(s), last = rd64(s + n - 8);
    __builtin_memcpy(d, &first, 8);
    __builtin_memcpy(d + n - 8, &last, 8);
    return;
  }
  for (; i < n; i++) d[i] = s[i];
}
// Copies a quoted cell's inside, doubled quote marks becoming one; answers the new length.
static inline u32 copy_unescaped(u8 *d, const u8 *s, u32 n, u8 quote) {
  u8 *o = d;
  u32 i = 0;
  while (i + 16 <= n) {
    v128_t v = ld(s + i);
    st(o, v);
    u32 m = eq16(v, quote);
    if (!m) { o += 16; i += 16; continue; }
    u32 k = (u32)__builtin_ctz(m);
    o += k + 1;
    i += k + 2;
  }
  while (i < n) {
    v128_t v = ld(s + i);
    st(o, v);
    u32 m = eq16(v, quote) & ((1u << (n - i)) - 1);
    if (!m) { o += n - i; break; }
    u32 k = (u32)__builtin_ctz(m);
    o += k + 1;
    i += k + 2;
  }
  return (u32)(o - d);
}
