// Sorts the entries of a table by kind and then by the bytes of their text, as SQLite's BINARY collation does.
#pragma once
#include "table.h"

enum { KINDS = 12 }; // in the order of their names, see iocs.h

typedef struct { u64 key; Entry *entry; u32 kind; } Item; // key: eight bytes of the text, the first one highest

static inline u64 key_at(const Entry *e, u32 from) {
  if (from >= e->len) return 0;
  u64 v = __builtin_bswap64(rd64(text_of(e) + from));
  u32 left = e->len - from;
  return left >= 8 ? v : v & ~((1ull << ((8 - left) * 8)) - 1);
}
static int text_order(const Entry *a, const Entry *b, u32 from) {
  for (;; from += 8) {
    u64 x = key_at(a, from), y = key_at(b, from);
    if (x != y) return x < y ? -1 : 1;
    if (from >= a->len || from >= b->len) return a->len == b->len ? 0 : a->len < b->len ? -1 : 1;
  }
}
// Multikey quicksort: items agree on the `from` bytes before their key.
static void sort_items(Item *a, u32 n, u32 from) {
  while (n > 1) {
    if (n <= 12) {
      for (u32 i = 1; i < n; i++) {
        Item t = a[i];
        u32 j = i;
        while (j && (a[j - 1].key > t.key || (a[j - 1].key == t.key && text_order(a[j - 1].entry, t.entry, from) > 0))) { a[j] = a[j - 1]; j--; }
        a[j] = t;
      }
      return;
    }
    u64 x = a[0].key, y = a[n / 2].key, z = a[n - 1].key;
    u64 pivot = x < y ? (y < z ? y : x < z ? z : x) : (x < z ? x : y < z ? z : y);
    u32 lt = 0, gt = n, i = 0;
    while (i < gt) {
      Item t = a[i];
      if (t.key < pivot) { a[i++] = a[lt]; a[lt++] = t; }
      else if (t.key > pivot) { a[i] = a[--gt]; a[gt] = t; }
      else i++;
    }
    sort_items(a, lt, from);
    sort_items(a + gt, n - gt, from);
    a += lt;
    n = gt - lt;
    from += 8;
    u32 ends = 0;
    for (i = 0; i < n; i++) {
      if (a[i].entry->len <= from) { Item t = a[i]; a[i] = a[ends]; a[ends++] = t; }
    }
    // Texts that end here differ in length alone, by NULs; there is one unless the source holds NULs.
    for (i = 1; i < ends; i++) {
      Item t = a[i];
      u32 j = i;
      while (j && a[j - 1].entry->len > t.entry->len) { a[j] = a[j - 1]; j--; }
      a[j] = t;
    }
    a += ends;
    n -= ends;
    for (i = 0; i < n; i++) a[i].key = key_at(a[i].entry, from);
  }
}

// Lists the entries of the table, sorted; starts[k] is where kind k begins, starts[KINDS] how many there are.
static void table_sort(const Table *T, Item *items, u32 *starts) {
  u32 next[KINDS], n = 0;
  for (u32 k = 0; k < KINDS; k++) next[k] = 0;
  const u8 *at = T->memory;
  for (; (at = entry_from(at, T->free)) < T->free; at += entry_bytes(((Entry *)at)->len)) next[((Entry *)at)->kind]++;
  for (u32 k = 0; k < KINDS; k++) { starts[k] = n; n += next[k]; next[k] = starts[k]; }
  starts[KINDS] = n;
  for (at = T->memory; (at = entry_from(at, T->free)) < T->free; at += entry_bytes(((Entry *)at)->len)) {
    Entry *e = (Entry *)at;
    items[next[e->kind]++] = (Item){key_at(e, 0), e, e->kind};
  }
  for (u32 k = 0; k < KINDS; k++) sort_items(items + starts[k], starts[k + 1] - starts[k], 0);
}
