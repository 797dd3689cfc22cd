// Whether iocs.ts could find an indicator in a text: never "no" where it would find one, and "yes" rarely where it would not.
// What it relies on of iocs.ts: a domain or e-mail address ends in a label that is a public ending, the one before has no _ in it, an IPv4 address is four
// numbers joined by dots, dots may be written [.] (.) {.} [dot] (dot) {dot} [. and .]; an IPv6 address is made of hex digits and colons
// with a digit, and has :: or seven colons, or [: instead of one; a URL has : or [:] before //; a hash is a run of 32, 40 or 64 hex digits, a JA4
// has 12 of them between two underscores. gate.test.ts holds it to that.
#pragma once
#include "table.h"

// Whether the label (lower case) is a public ending, as domainNames.ts has it.
u32 js_ending(const u8 *p, u32 n) IMPORT(ending);

// Labels met so far and what they are, open addressing; emptied when it is three quarters full.
enum { ENDINGS = 8192 };
typedef struct { u64 key; u32 verdict, pad; } Ending; // the verdict of entry ENDINGS counts the others

static Ending *ending_of(Ending *endings, u64 key) {
  if (endings[ENDINGS].verdict > ENDINGS / 4 * 3) for (u32 i = 0; i <= ENDINGS; i++) endings[i] = (Ending){0, 0, 0};
  u32 i = (u32)(key * 0x9E3779B97F4A7C15ull >> 51) % ENDINGS;
  while (endings[i].key && endings[i].key != key) i = (i + 1) % ENDINGS;
  return &endings[i];
}
static inline void ending_set(Ending *endings, Ending *e, u64 key, u32 verdict) {
  *e = (Ending){key, verdict, 0};
  endings[ENDINGS].verdict++;
}

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

enum { NO_ENDING, PUBLIC_ENDING, DIGITS, SLOW };

// What a label (of at most 8 bytes, as it stands) makes of the chain that it ends.
static int judge_label(const u8 *p, u32 n) {
  u32 kinds = 0;
  u8 low[64];
  for (u32 i = 0; i < n; i++) { kinds |= CLASS[p[i]]; low[i] = p[i] | 32; }
  if (CLASS[p[n - 1]] & 4) return SLOW;
  if (!(kinds & ~10u)) return DIGITS;
  if (kinds & 6) return n > 4 && low[0] == 'x' && low[1] == 'n' && p[2] == '-' && p[3] == '-' ? PUBLIC_ENDING : NO_ENDING;
  return n < 2 ? NO_ENDING : js_ending(low, n) ? PUBLIC_ENDING : NO_ENDING;
}

static int four_numbers(const u8 *p, u32 i) {
  u32 dots = 1;
  while (i > 0 && ((u32)p[i - 1] - '0' <= 9 || p[i - 1] == '.')) dots += p[--i] == '.';
  return dots >= 3;
}

static int slow_label(Ending *endings, const u8 *p, u32 n, u32 i);

// A dot at i between two labels whose second one ends a chain: may the chain be a host or an address?
static inline int dot_may(Ending *endings, const u8 *p, u32 n, u32 i) {
  // The label before an ending holds no _: $_.name of PowerShell.
  if (i == 0 || i + 1 >= n || !(CLASS[p[i - 1]] & LABEL) || p[i - 1] == '_') return 0;
  if (p[i + 1] == ']') return i + 2 < n && CLASS[p[i + 2]] & LABEL;
  u32 j = i + 1;
  u32 kinds = 0;
  while (j < n && CLASS[p[j]] & LABEL) kinds |= CLASS[p[j++]];
  // Which of the characters beyond ASCII belong to a label only iocs.ts knows.
  if (kinds & 16) return 1;
  u32 len = j - i - 1;
  if (!len || (j + 1 < n && p[j] == '.' && CLASS[p[j + 1]] & LABEL)) return 0;
  if (len > 8) return slow_label(endings, p, n, i);
  u64 key = (rd64(p + i + 1) | 0x2020202020202020ull) & ~0ull >> (64 - len * 8);
  Ending *e = ending_of(endings, key);
  if (unlikely(!e->key)) ending_set(endings, e, key, (u32)judge_label(p + i + 1, len));
  if (e->verdict == NO_ENDING) return 0;
  return e->verdict == PUBLIC_ENDING ? 1 : e->verdict == DIGITS ? four_numbers(p, i) : slow_label(endings, p, n, i);
}

// Longer labels, and those that end in - or _ (which are no part of the name).
static int slow_label(Ending *endings, const u8 *p, u32 n, u32 i) {
  const u8 *label = p + i + 1;
  u32 len = 0, check;
  while (i + 1 + len < n && CLASS[label[len]] & LABEL) len++;
  while (len && CLASS[label[len - 1]] & 4) len--;
  if (!len || len > 63) return 0;
  u32 kinds = 0;
  u8 low[96];
  for (u32 k = 0; k < len; k++) { kinds |= CLASS[label[k]]; low[k] = label[k] | 32; }
  if (!(kinds & ~10u)) return four_numbers(p, i);
  if (kinds & 6) return len > 4 && low[0] == 'x' && low[1] == 'n' && label[2] == '-' && label[3] == '-';
  if (len < 2) return 0;
  for (u32 k = len; k < 96; k++) low[k] = 0;
  u64 key = hash_of(low, len, 0x2545F4914F6CDD1Dull, &check) | 1ull << 63;
  Ending *e = ending_of(endings, key);
  if (!e->key) ending_set(endings, e, key, js_ending(low, len) ? PUBLIC_ENDING : NO_ENDING);
  return e->verdict == PUBLIC_ENDING;
}

static int colon_may(const u8 *p, u32 n, u32 i) {
  u32 k = i + 1;
  if (k < n && p[k] == ']') k++;
  if (k + 1 < n && p[k] == '/' && p[k + 1] == '/') return !(k == i + 1 && i >= 4 && (p[i - 1] | 32) == 'e' && (p[i - 2] | 32) == 'l' && (p[i - 3] | 32) == 'i' && (p[i - 4] | 32) == 'f');
  if (k + 3 < n && p[k] == '\\' && p[k + 1] == '/' && p[k + 2] == '\\' && p[k + 3] == '/') return 1;
  // The run of hex digits and colons around the first colon of a pair, or around the first of many.
  if (i > 0 && p[i - 1] == ':') return 0;
  if (i > 0 && p[i - 1] == '[' && i + 1 < n && (p[i + 1] == ']' || (p[i + 1] == ':' && i + 2 < n && p[i + 2] == ']'))) return 1;
  u32 from = i, to = i, colons = 0, pair = 0, digit = 0;
  while (from > 0 && CLASS[p[from - 1]] & HEX) from--;
  for (u32 x = from; x < i; x++) digit |= (u32)p[x] - '0' <= 9;
  for (; to < n && (p[to] == ':' || CLASS[p[to]] & HEX); to++) {
    if (p[to] == ':') { colons++; pair |= to + 1 < n && p[to + 1] == ':'; }
    else digit |= (u32)p[to] - '0' <= 9;
  }
  return digit && (pair || colons >= 7);
}

// The end of a JA4: twelve hex digits between this underscore and another, and twelve after that.
static int ja4_may(const u8 *p, u32 n, u32 i) {
  if (i + 26 > n || p[i + 13] != '_') return 0;
  for (u32 k = 1; k < 13; k++) if (!(CLASS[p[i + k]] & HEX)) return 0;
  return 1;
}

static inline v128_t hex_of(v128_t v) {
  v128_t low = wasm_v128_or(v, wasm_i8x16_splat(0x20));
  v128_t digit = wasm_u8x16_lt(wasm_i8x16_sub(v, wasm_i8x16_splat('0')), wasm_i8x16_splat(10));
  v128_t letter = wasm_u8x16_lt(wasm_i8x16_sub(low, wasm_i8x16_splat('a')), wasm_i8x16_splat(6));
  return wasm_v128_or(digit, letter);
}

// Runs of hex digits, 16 at a time: the ones that end a stretch or reach into the next are long enough to count.
static int hex_may(const u8 *p, u32 n) {
  u32 run = 0;
  for (u32 i = 0; i < n; i += 16) {
    u32 m = wasm_i8x16_bitmask(hex_of(ld(p + i)));
    if (n - i < 16) m &= (1u << (n - i)) - 1;
    if (m == 0xffff) { run += 16; continue; }
    run += (u32)__builtin_ctz(~m);
    if (run == 32 || run == 40 || run == 64) return 1;
    run = (u32)__builtin_clz(~m << 16);
  }
  return run == 32 || run == 40 || run == 64;
}

static inline v128_t is_char(v128_t v, u8 c) { return wasm_i8x16_eq(v, wasm_i8x16_splat((char)c)); }
// Of 16 marks those that dot_may, colon_may and ja4_may do not refuse at once, by the bytes one, two and thirteen behind each.
static inline u32 worth_a_look(v128_t v, v128_t one, v128_t two, v128_t thirteen) {
  v128_t low = wasm_v128_or(one, wasm_i8x16_splat(0x20));
  v128_t label = wasm_v128_or(wasm_u8x16_ge(one, wasm_i8x16_splat('0')), is_char(one, '-'));
  v128_t colon = wasm_v128_or(wasm_v128_or(is_char(one, '/'), is_char(one, ']')), wasm_v128_or(is_char(one, ':'), wasm_v128_or(wasm_v128_and(is_char(one, '\\'), is_char(two, '/')), hex_of(one))));
  v128_t bracket = wasm_v128_or(is_char(one, '.'), is_char(low, 'd'));
  v128_t dots = is_char(v, '.'), colons = is_char(v, ':'), bars = is_char(v, '_');
  v128_t kept = wasm_v128_or(wasm_v128_or(wasm_v128_and(dots, label), wasm_v128_and(colons, colon)), wasm_v128_and(bars, is_char(thirteen, '_')));
  v128_t other = wasm_v128_andnot(bracket, wasm_v128_or(wasm_v128_or(dots, colons), bars));
  return wasm_i8x16_bitmask(wasm_v128_or(kept, other));
}

static int may_hold(Ending *endings, const u8 *p, u32 n) {
  // Classes by the two halves of a byte: 1 for . and (, 2 for :, 4 for [ and {, 8 for _, 16 and 32 for hex digits.
  const v128_t high = wasm_i8x16_const(0, 0, 1, 2 | 16, 32, 4 | 8, 32, 4, 0, 0, 0, 0, 0, 0, 0, 0);
  const v128_t low = wasm_i8x16_const(16, 16 | 32, 16 | 32, 16 | 32, 16 | 32, 16 | 32, 16 | 32, 16, 16 | 1, 16, 2, 4, 0, 0, 1, 8);
  u32 hex = 0;
  for (u32 i = 0; i < n; i += 16) {
    v128_t v = ld(p + i);
    v128_t class = wasm_v128_and(wasm_i8x16_swizzle(high, wasm_u8x16_shr(v, 4)), wasm_i8x16_swizzle(low, wasm_v128_and(v, wasm_i8x16_splat(15))));
    v128_t mark = wasm_v128_and(class, wasm_i8x16_splat(15));
    // A run of 32 hex digits fills 16 bytes in a row here, or most of them where the text ends.
    hex |= wasm_i8x16_all_true(wasm_v128_and(class, wasm_i8x16_splat(48)));
    if (!wasm_v128_any_true(mark)) continue;
    u32 m = ~wasm_i8x16_bitmask(wasm_i8x16_eq(mark, wasm_i8x16_splat(0))) & 0xffff;
    if (n - i < 16) m &= (1u << (n - i)) - 1;
    m &= worth_a_look(v, ld(p + i + 1), ld(p + i + 2), ld(p + i + 13));
    for (; m; m &= m - 1) {
      u32 k = i + (u32)__builtin_ctz(m);
      u8 c = p[k];
      if (c == '.') { if (dot_may(endings, p, n, k)) return 1; }
      else if (c == ':') { if (colon_may(p, n, k)) return 1; }
      else if (c == '_') { if (ja4_may(p, n, k)) return 1; }
      else if (k + 2 < n && (p[k + 1] == '.' || ((p[k + 1] | 32) == 'd' && (p[k + 2] | 32) == 'o'))) return 1;
    }
  }
  return hex && hex_may(p, n);
}
