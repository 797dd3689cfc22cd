// Finds texts in any case of A to Z: everything else byte by byte.
#pragma once
#include "../../importer/fast/c/base.h"

// `text` in lower case; `at`: two of its letters, chosen so that they are seldom seen together.
typedef struct { const u8 *text; u32 n, at[2]; } Needle;

static inline u8 folded(u8 c) { return c - 'A' < 26u ? c | 32 : c; }
static inline int same_text(const u8 *low, const u8 *p, u32 n) {
  for (u32 i = 0; i < n; i++) if (low[i] != folded(p[i])) return 0;
  return 1;
}
static inline u8 letter_bit(u8 c) { return c - 'a' < 26u ? 32 : 0; }

// Where in p[0..n) the needle stands first, or n. Reads up to 15 bytes past both ends of a needle's length behind.
static inline u32 find_text(const Needle *N, const u8 *p, u32 n) {
  if (N->n > n) return n;
  const u8 a = N->text[N->at[0]], b = N->text[N->at[1]];
  const v128_t va = wasm_i8x16_splat((char)a), vb = wasm_i8x16_splat((char)b);
  const v128_t ma = wasm_i8x16_splat((char)letter_bit(a)), mb = wasm_i8x16_splat((char)letter_bit(b));
  const u8 *pa = p + N->at[0], *pb = p + N->at[1];
  const u32 last = n - N->n;
  for (u32 i = 0; i <= last; i += 16) {
    v128_t hit = wasm_v128_and(wasm_i8x16_eq(wasm_v128_or(ld(pa + i), ma), va), wasm_i8x16_eq(wasm_v128_or(ld(pb + i), mb), vb));
    if (!wasm_v128_any_true(hit)) continue;
    for (u32 m = wasm_i8x16_bitmask(hit); m; m &= m - 1) {
      u32 k = i + (u32)__builtin_ctz(m);
      if (k > last) return n;
      if (same_text(N->text, p + k, N->n)) return k;
    }
  }
  return n;
}

// Bytes of the letter that begins with c.
static inline u32 letter_bytes(u8 c) { return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4; }
// Whether the whole text fits the pattern, in which * stands for any letters and ? for one.
static int fits(const u8 *pattern, u32 m, const u8 *p, u32 n) {
  u32 i = 0, k = 0, star = ~0u, from = 0;
  while (k < n) {
    if (i < m && pattern[i] == '*') { star = i++; from = k; continue; }
    if (i < m && pattern[i] == '?') { k += letter_bytes(p[k]); i++; if (k > n) k = n; continue; }
    if (i < m && pattern[i] == folded(p[k])) { i++; k++; continue; }
    if (star == ~0u) return 0;
    i = star + 1;
    from += letter_bytes(p[from]);
    k = from;
  }
  while (i < m && pattern[i] == '*') i++;
  return i == m && k == n;
}

// A cell as an address: IN_V4 and the address for four plain numbers; OTHER for what may be one written otherwise (IPv6, blanks
// around it, a zone behind), which is not read here; NONE for what cannot be one.
enum { NO_ADDRESS, IN_V4, OTHER_ADDRESS };
static inline int address_of(const u8 *p, u32 n, u32 *address) {
  u32 part = 0, digits = 0, dots = 0, whole = 0, odd = 0;
  if (n < 2) return NO_ADDRESS;
  for (u32 i = 0; i < n && i < 300; i++) {
    const u32 d = (u32)p[i] - '0';
    if (p[i] == ':' || p[i] == '%' || p[i] == ' ' || (p[i] >= 9 && p[i] <= 13)) odd = 1;
    else if (d > 9 && p[i] != '.' && !((p[i] | 32) - 'a' < 26u)) return odd && p[i] == '-' ? OTHER_ADDRESS : NO_ADDRESS;
    else if (d > 9 && p[i] != '.' && !odd && (p[i] | 32) > 'f') return NO_ADDRESS;
  }
  if (odd || n >= 300) return OTHER_ADDRESS;
  for (u32 i = 0; i < n; i++) {
    const u32 d = (u32)p[i] - '0';
    if (d <= 9) {
      if (digits && part == 0) return NO_ADDRESS; // 010
      part = part * 10 + d;
      if (++digits > 3 || part > 255) return NO_ADDRESS;
      continue;
    }
    if (p[i] != '.' || !digits || ++dots > 3) return NO_ADDRESS;
    whole = whole << 8 | part;
    part = digits = 0;
  }
  if (dots != 3 || !digits) return NO_ADDRESS;
  *address = whole << 8 | part;
  return IN_V4;
}
