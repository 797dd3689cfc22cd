// Where a text lies among all of its column, told by texts that were picked out of it before: a rank of 16 bits. A text that sorts behind
// another one, as SQLite's NOCASE compares, never has the smaller rank.
#pragma once
#include "text.h"

// So many bytes of a text are compared, as numbers of 8 bytes whose first byte is the highest.
enum { ORDER_WORDS = 15, ORDER_BYTES = ORDER_WORDS * 8 };
typedef struct { const u64 *keys; u32 count; } Order; // ORDER_WORDS each, in order

static inline u64 folded8(u64 w) {
  const u64 ones = 0x0101010101010101ull, seven = w & ones * 0x7f;
  const u64 upper = (seven + ones * (0x80 - 'A')) & ~(seven + ones * (0x7f - 'Z')) & ~w & ones * 0x80;
  return w | upper >> 2;
}
// Fills up with 0, which is in no text that has a rank. Reads up to 8 bytes behind the text, which are there in every buffer.
static void order_key(const u8 *p, u32 n, u64 *key) {
  for (u32 i = 0; i < ORDER_WORDS; i++) {
    const u32 left = n > i * 8 ? n - i * 8 : 0;
    const u64 w = left ? rd64(p + i * 8) : 0;
    key[i] = __builtin_bswap64(folded8(left >= 8 ? w : w & ((1ull << (left * 8)) - 1)));
  }
}
static inline int holds_nul(const u8 *p, u32 n) {
  for (u32 i = 0; i < n; i++) if (!p[i]) return 1;
  return 0;
}
// How many of the keys do not come behind it.
static u32 order_rank(const Order *O, const u8 *p, u32 n) {
  u64 key[ORDER_WORDS];
  order_key(p, n, key);
  u32 low = 0, high = O->count;
  while (low < high) {
    const u32 middle = (low + high) / 2;
    const u64 *other = O->keys + (size_t)middle * ORDER_WORDS;
    u32 i = 0;
    while (i < ORDER_WORDS - 1 && other[i] == key[i]) i++;
    if (other[i] <= key[i]) low = middle + 1; else high = middle;
  }
  return low;
}

// Sorts texts by their places; then picks up to `keep` of those that differ, evenly. Answers how many.
static inline int order_before(const u64 *a, const u64 *b) {
  u32 i = 0;
  while (i < ORDER_WORDS - 1 && a[i] == b[i]) i++;
  return a[i] < b[i];
}
static void order_sift(const u64 *texts, u32 *places, u32 at, u32 n) {
  for (u32 child; (child = 2 * at + 1) < n; at = child) {
    if (child + 1 < n && order_before(texts + (size_t)places[child] * ORDER_WORDS, texts + (size_t)places[child + 1] * ORDER_WORDS)) child++;
    if (!order_before(texts + (size_t)places[at] * ORDER_WORDS, texts + (size_t)places[child] * ORDER_WORDS)) return;
    const u32 other = places[at]; places[at] = places[child]; places[child] = other;
  }
}
static u32 order_pick(const u64 *texts, u32 n, u32 *places, u64 *keys, u32 keep) {
  for (u32 i = 0; i < n; i++) places[i] = i;
  for (u32 i = n / 2; i-- > 0;) order_sift(texts, places, i, n);
  for (u32 i = n; i-- > 1;) {
    const u32 last = places[i]; places[i] = places[0]; places[0] = last;
    order_sift(texts, places, 0, i);
  }
  u32 differing = 0;
  for (u32 i = 0; i < n; i++)
    if (i == 0 || order_before(texts + (size_t)places[i - 1] * ORDER_WORDS, texts + (size_t)places[i] * ORDER_WORDS)) places[differing++] = places[i];
  const u32 count = differing < keep ? differing : keep;
  for (u32 i = 0; i < count; i++)
    __builtin_memcpy(keys + (size_t)i * ORDER_WORDS, texts + (size_t)places[(u64)i * differing / count] * ORDER_WORDS, ORDER_BYTES);
  return count;
}
