// A hash table of distinct texts: how often each came, when first and last, in which columns. Entries stand one behind the other
// from the start of the worker's stretch of memory, each with its text; the slots that find them stand at its end and are built
// anew from the entries when they grow. The hash is keyed per import: nobody can write evidence that collides.
#pragma once
#include "base.h"

typedef struct { u64 hash; i64 first, last; u32 count, len, more; u16 column; u8 kind, scope; } Entry; // its text follows
typedef struct { u64 none; u32 next; u16 column, pad; } More; // a further column of an entry, chained by address; `none` is 0
typedef struct { u32 check, entry; } Slot; // free when entry is 0

typedef struct {
  u8 *memory, *free, *end; // entries from `memory` to `free`; the slots end at `end`
  Slot *slots;
  u32 mask, used;
  u64 key;
  u32 full;
} Table;

static inline u8 *text_of(const Entry *e) { return (u8 *)e + sizeof(Entry); }
static inline u32 entry_bytes(u32 len) { return (u32)sizeof(Entry) + ((len + 7) & ~7u); }
// Goes through entries: the one at `at` or behind it, or `end`.
static inline const u8 *entry_from(const u8 *at, const u8 *end) {
  while (at < end && !((const Entry *)at)->hash) at += sizeof(More);
  return at;
}

static void table_reset(Table *T, u8 *memory, u8 *end, u32 slots, u64 key) {
  end = (u8 *)((uintptr_t)end & ~7u);
  *T = (Table){memory, memory, end, (Slot *)end - slots, slots - 1, 0, key, 0};
  __builtin_memset(T->slots, 0, slots * sizeof(Slot));
}

static inline u64 fold(u64 a, u64 b) { // 64 x 64 bits to 128, halves xored
  u64 al = (u32)a, ah = a >> 32, bl = (u32)b, bh = b >> 32, ll = al * bl, hl = ah * bl, lh = al * bh, hh = ah * bh;
  u64 m = (ll >> 32) + (u32)hl + lh;
  return (m << 32 | (u32)ll) ^ (hh + (hl >> 32) + (m >> 32));
}
// 96 bits of hash; reads up to 15 bytes past the text.
static inline u64 hash_of(const u8 *p, u32 n, u64 key, u32 *check) {
  u64 h = key ^ (u64)n << 40, g = key + n;
  for (u32 i = 0; i < n; i += 16) {
    u64 a = rd64(p + i), b = rd64(p + i + 8);
    u32 r = n - i;
    if (r < 8) { a &= (1ull << (r * 8)) - 1; b = 0; }
    else if (r == 8) b = 0;
    else if (r < 16) b &= (1ull << ((r - 8) * 8)) - 1;
    h = fold(h ^ a, 0x9E3779B97F4A7C15ull ^ b);
    g = (g ^ b) * 0xff51afd7ed558ccdull;
    g ^= (g >> 32) + a;
  }
  h = fold(h, 0x8ebc6af09c88c6e3ull ^ key);
  g = (g ^ g >> 29) * 0xc4ceb9fe1a85ec53ull;
  *check = (u32)(g >> 32);
  return h ? h : 1;
}

static inline u8 *table_take(Table *T, u32 bytes) {
  if ((u32)((u8 *)T->slots - T->free) < bytes + 16) { T->full = 1; return 0; }
  u8 *p = T->free;
  T->free += bytes;
  return p;
}

// Doubles the slots. The new ones are laid over the old ones, which are first copied to free memory behind the entries.
static void table_grow(Table *T) {
  const u32 size = (T->mask + 1) * 2, old = T->mask + 1;
  Slot *to = (Slot *)T->end - size;
  if (size > 1u << 25 || (u8 *)to < T->free + old * sizeof(Slot) + 16) return;
  Slot *kept = (Slot *)(((uintptr_t)T->free + 7) & ~7u);
  __builtin_memcpy(kept, T->slots, old * sizeof(Slot));
  __builtin_memset(to, 0, size * sizeof(Slot));
  for (u32 i = 0; i < old; i++) {
    if (!kept[i].entry) continue;
    u32 k = (u32)((const Entry *)(uintptr_t)kept[i].entry)->hash & (size - 1);
    while (to[k].entry) k = (k + 1) & (size - 1);
    to[k] = kept[i];
  }
  T->slots = to;
  T->mask = size - 1;
}

static void entry_add_column(Table *T, Entry *e, u32 column) {
  for (u32 m = e->more; m; m = ((More *)(uintptr_t)m)->next) if (((More *)(uintptr_t)m)->column == column) return;
  More *m = (More *)table_take(T, sizeof(More));
  if (!m) return;
  *m = (More){0, e->more, (u16)column, 0};
  e->more = (u32)(uintptr_t)m;
}

// Counts `times` occurrences between `first` and `last` (INT64_MAX and INT64_MIN where they have no time). Answers the entry, or 0 where
// there is no room.
static inline Entry *table_count(Table *T, u64 h, u32 check, const u8 *p, u32 n, u32 kind, u32 column, u32 times, i64 first, i64 last) {
  for (u32 i = (u32)h & T->mask;; i = (i + 1) & T->mask) {
    Slot *s = &T->slots[i];
    Entry *e = (Entry *)(uintptr_t)s->entry;
    if (e && s->check == check && e->hash == h) {
      e->count += times;
      if (first < e->first) e->first = first;
      if (last > e->last) e->last = last;
      if (unlikely(e->column != column)) entry_add_column(T, e, column);
      return e;
    }
    if (e) continue;
    if (unlikely(T->used > T->mask / 8 * 7)) { T->full = 1; return 0; }
    e = (Entry *)table_take(T, entry_bytes(n));
    if (!e) return 0;
    copy(text_of(e), p, n);
    *e = (Entry){h, first, last, times, n, 0, (u16)column, (u8)kind, 0};
    *s = (Slot){check, (u32)(uintptr_t)e};
    if (++T->used > T->mask / 8 * 6) table_grow(T);
    return e;
  }
}

// `salt` keeps entries apart that would else be one.
static void table_add_many(Table *T, const u8 *p, u32 n, u32 kind, u32 salt, u32 column, u32 times, i64 first, i64 last) {
  u32 check;
  u64 h = hash_of(p, n, T->key + (salt << 8 | kind), &check);
  table_count(T, h, check, p, n, kind, column, times, first, last);
}

// Texts of some rows to be counted together: their slots and then their entries are fetched at the same time, instead of one after the other.
typedef struct { u64 hash; i64 time; Table *table; const u8 *p; u32 check, n, at; u16 column; u8 kind; } Pending;
enum { PENDING_MAX = 64 };
typedef struct { Pending item[PENDING_MAX]; u32 n, bytes; } Queue;

static void queue_flush(Queue *Q) {
  u32 touch = 0;
  u64 again = 0;
  for (u32 i = 0; i < Q->n; i++) {
    Pending *q = &Q->item[i];
    touch += q->at = q->table->slots[(u32)q->hash & q->table->mask].entry;
  }
  for (u32 i = 0; i < Q->n; i++) {
    // Both lines of memory that an entry may lie in.
    const Entry *e = (const Entry *)(uintptr_t)Q->item[i].at;
    if (e) again += e->hash + e->column;
  }
  __asm__ volatile("" : : "r"(touch), "r"(again));
  for (u32 i = 0; i < Q->n; i++) {
    Pending *q = &Q->item[i];
    table_count(q->table, q->hash, q->check, q->p, q->n, q->kind, q->column, 1, q->time == INT64_MIN ? INT64_MAX : q->time, q->time);
  }
  Q->n = Q->bytes = 0;
}
// The text must stay where it is until the queue is flushed.
static inline void queue_add(Queue *Q, Table *T, const u8 *p, u32 n, u32 kind, u32 salt, u32 column, i64 time) {
  if (Q->n == PENDING_MAX) queue_flush(Q);
  Pending *q = &Q->item[Q->n++];
  q->hash = hash_of(p, n, T->key + (salt << 8 | kind), &q->check);
  q->table = T; q->p = p; q->n = n; q->time = time; q->column = (u16)column; q->kind = (u8)kind;
  Q->bytes += n + 8;
}

static inline u32 table_bytes(const Table *T) { return (u32)(T->free - T->memory); }
// Whether what waits in the queue and a record of so many bytes and cells can be counted for certain.
static inline int table_has_room(const Table *T, const Queue *Q, u32 bytes, u32 cells) {
  bytes += Q->bytes;
  cells += Q->n;
  return !T->full && (u32)((u8 *)T->slots - T->free) > bytes + cells * (u32)(sizeof(Entry) + sizeof(More)) + 64 && T->used + cells < T->mask / 8 * 7;
}
