// Whether iocs.ts could find an indicator in a text: never "no" where it would find one, and "yes" rarely where it would not.
// What it relies on of iocs.ts: a domain or e-mail address ends in a label that is a public ending, an IPv4 address is four
// numbers joined by dots, dots may be written [.] (.) {.} [dot] (dot); an IPv6 address is made of hex digits and colons
// with a digit, and has :: or seven colons; a URL has : or [:] before //; a hash is a run of 32, 40 or 64 hex digits, a JA4
// ends in a run of 12 behind an underscore. gate.test.ts holds it to that.
#pragma once
#include "table.h"

// Whether the label (lower case) is a public ending, as domainNames.ts has it.
u32 js_ending(const u8 *p, u32 n) IMPORT(ending);

enum { ENDINGS = 4096 };
typedef struct { u64 key; u32 verdict, pad; } Ending;

static const u8 CLASS[256] = { // 1 letter, 2 digit, 4 - or _, 8 hex, 16 above 127
  ['0'] = 10, 10, 10, 10, 10, 10, 10, 10, 10, 10,
  ['A'] = 9, 9, 9, 9, 9, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  ['a'] = 9, 9, 9, 9, 9, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  ['-'] = 4, ['_'] = 4,
  [128] = 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
  16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
  16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
  16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
};
enum { LABEL = 1 | 2 | 4 | 16, HEX = 8 };

static int is_ending(Ending *endings, const u8 *p, u32 n) {
  if (n < 2 || n > 63) return 0;
  u8 low[80];
  u64 key = 0;
  for (u32 i = 0; i < n; i++) low[i] = p[i] | 32;
  if (n <= 8) for (u32 i = 0; i < n; i++) key |= (u64)low[i] << (i * 8);
  else {
    u32 check;
    for (u32 i = n; i < 80; i++) low[i] = 0;
    key = hash_of(low, n, 0x8ebc6af09c88c6e3ull, &check) | 1ull << 63;
  }
  Ending *e = &endings[(u32)(key * 0x9E3779B97F4A7C15ull >> 40) % ENDINGS];
  if (e->key != key) {
    e->verdict = js_ending(low, n);
    e->key = key;
  }
  return (int)e->verdict;
}

// A dot at i between two labels whose second one ends a chain: may the chain be a host or an address?
static int dot_may(Ending *endings, const u8 *p, u32 n, u32 i) {
  if (i == 0 || i + 1 >= n || !(CLASS[p[i - 1]] & LABEL) || !(CLASS[p[i + 1]] & LABEL)) return 0;
  u32 j = i + 1, all = 0;
  while (j < n && CLASS[p[j]] & LABEL) all |= CLASS[p[j++]];
  if (j + 1 < n && p[j] == '.' && CLASS[p[j + 1]] & LABEL) return 0;
  if (all & 16) return 1;
  while (j > i + 1 && CLASS[p[j - 1]] & 4) j--;
  const u8 *label = p + i + 1;
  u32 len = j - i - 1;
  if (!len) return 0;
  u32 kinds = 0;
  for (u32 k = 0; k < len; k++) kinds |= CLASS[label[k]];
  if (!(kinds & ~10u)) { // digits: four of them?
    u32 dots = 1, k = i;
    while (k > 0 && ((u32)p[k - 1] - '0' <= 9 || p[k - 1] == '.')) dots += p[--k] == '.';
    return dots >= 3;
  }
  if (kinds & 6) return len > 4 && (label[0] | 32) == 'x' && (label[1] | 32) == 'n' && label[2] == '-' && label[3] == '-';
  return is_ending(endings, label, len);
}

static int colon_may(const u8 *p, u32 n, u32 i) {
  u32 k = i + 1;
  if (k < n && p[k] == ']') k++;
  if (k + 1 < n && p[k] == '/' && p[k + 1] == '/') return !(k == i + 1 && i >= 4 && (p[i - 1] | 32) == 'e' && (p[i - 2] | 32) == 'l' && (p[i - 3] | 32) == 'i' && (p[i - 4] | 32) == 'f');
  if (k + 3 < n && p[k] == '\\' && p[k + 1] == '/' && p[k + 2] == '\\' && p[k + 3] == '/') return 1;
  // The run of hex digits and colons around the first colon of a pair, or around the first of many.
  if (i > 0 && p[i - 1] == ':') return 0;
  u32 from = i, to = i, colons = 0, pair = 0, digit = 0;
  while (from > 0 && CLASS[p[from - 1]] & HEX) from--;
  for (u32 x = from; x < i; x++) digit |= (u32)p[x] - '0' <= 9;
  for (; to < n && (p[to] == ':' || CLASS[p[to]] & HEX); to++) {
    if (p[to] == ':') { colons++; pair |= to + 1 < n && p[to + 1] == ':'; }
    else digit |= (u32)p[to] - '0' <= 9;
  }
  return digit && (pair || colons >= 7);
}

static int hex_may(const u8 *p, u32 n) {
  for (u32 i = 0; i < n;) {
    if (!(CLASS[p[i]] & HEX)) { i++; continue; }
    u32 from = i;
    while (i < n && CLASS[p[i]] & HEX) i++;
    u32 run = i - from;
    if (run == 32 || run == 40 || run == 64 || (run == 12 && from && p[from - 1] == '_')) return 1;
  }
  return 0;
}

static inline u32 hex16(v128_t v) {
  v128_t low = wasm_v128_or(v, wasm_i8x16_splat(0x20));
  v128_t digit = wasm_u8x16_lt(wasm_i8x16_sub(v, wasm_i8x16_splat('0')), wasm_i8x16_splat(10));
  v128_t letter = wasm_u8x16_lt(wasm_i8x16_sub(low, wasm_i8x16_splat('a')), wasm_i8x16_splat(6));
  return wasm_i8x16_bitmask(wasm_v128_or(digit, letter));
}

static int may_hold(Ending *endings, const u8 *p, u32 n) {
  u64 run = 0; // hex digits of the last 64 bytes
  u32 hex = 0;
  for (u32 i = 0; i < n; i += 16) {
    v128_t v = ld(p + i);
    u32 h = hex16(v), m = eq16(v, '.') | eq16(v, ':') | eq16(v, '[') | eq16(v, '(') | eq16(v, '{');
    if (n - i < 16) { u32 in = (1u << (n - i)) - 1; m &= in; h &= in; }
    run = run >> 16 | (u64)h << 48;
    u64 r = run & run >> 1;
    r &= r >> 2;
    r &= r >> 4;
    hex |= (r & r >> 4) != 0; // twelve in a row
    for (; m; m &= m - 1) {
      u32 k = i + (u32)__builtin_ctz(m);
      u8 c = p[k];
      if (c == '.') { if (dot_may(endings, p, n, k)) return 1; }
      else if (c == ':') { if (colon_may(p, n, k)) return 1; }
      else if (k + 2 < n && (p[k + 1] == '.' || ((p[k + 1] | 32) == 'd' && (p[k + 2] | 32) == 'o'))) return 1;
    }
  }
  return hex && hex_may(p, n);
}
