// SQLite table leaf pages, filled cell by cell in the order of rowids (sqlite.org/fileformat2.html, section 1.6).
// Pages are numbered from 0 within a batch; the batch gets its place in the file when it is written (see place()).
#pragma once
#include "base.h"

typedef struct {
  u32 size;          // of a page in bytes, all of it usable
  u8 *out; u32 cap;  // where pages are put, and how many fit
  u64 *keys;         // per page: the last rowid on it, 0 for an overflow page
  u32 *fixes; u32 nfix; // where in `out` a page number of the batch stands
  u32 npages, cells, top, open;
  u8 *leaf;
  u64 last;
} Pages;

static inline void leaf_close(Pages *P) {
  if (!P->open) return;
  u8 *g = P->leaf;
  g[0] = 0x0d; g[1] = g[2] = 0; g[7] = 0;
  be16(g + 3, P->cells);
  be16(g + 5, P->top == 65536 ? 0 : P->top);
  P->keys[(u32)(g - P->out) / P->size] = P->last;
  P->open = 0;
}
static inline u8 *page_new(Pages *P) {
  u8 *g = P->out + (size_t)P->npages * P->size;
  P->keys[P->npages++] = 0;
  return g;
}

// Payload bytes that stay on a leaf: all of them, or what the file format says is left beside the overflow chain.
static inline u32 local_size(u32 size, u32 payload, u32 most) {
  if (payload <= most) return payload;
  u32 least = (size - 12) * 32 / 255 - 23, k = least + (payload - least) % (size - 4);
  return k <= most ? k : least;
}

// Adds the record (header hdr[0..hn) after its own length, body) as row `rowid`. Reads up to 15 bytes past both.
static inline void row_put(Pages *P, u64 rowid, const u8 *hdr, u32 hn, const u8 *body, u32 bn) {
  u32 hs = hn + 1 < 128 ? hn + 1 : hn + 2 < 16384 ? hn + 2 : hn + 3;
  u32 payload = hs + bn, local = local_size(P->size, payload, P->size - 35);
  u32 cell = vlen(payload) + vlen(rowid) + local + (local < payload ? 4 : 0);
  if (!P->open || P->top < 8 + 2 * (P->cells + 1) + cell) {
    leaf_close(P);
    P->leaf = page_new(P); P->open = 1; P->cells = 0; P->top = P->size;
  }
  u32 at = P->top - cell;
  u8 *o = vput(vput(P->leaf + at, payload), rowid);
  P->top = at; P->last = rowid;
  be16(P->leaf + 8 + 2 * P->cells++, at);
  if (local == payload) {
    o = vput(o, hs);
    copy_exact(o, hdr, hn);
    copy_exact(o + hn, body, bn);
    return;
  }
  // The payload runs over three pieces (length, header, body) and several pages.
  u8 len[8];
  const u8 *piece[3] = {len, hdr, body};
  u32 left[3] = {(u32)(vput(len, hs) - len), hn, bn}, k = 0, room = local;
  u8 *link = 0;
  for (u32 todo = payload;;) {
    while (room) {
      u32 n = left[k] < room ? left[k] : room;
      copy_exact(o, piece[k], n);
      o += n; piece[k] += n; left[k] -= n; room -= n; todo -= n;
      if (!left[k]) k++;
    }
    if (!link) link = o;
    if (!todo) return;
    P->fixes[P->nfix++] = (u32)(link - P->out);
    be32(link, P->npages);
    link = page_new(P);
    be32(link, 0);
    o = link + 4;
    room = todo < P->size - 4 ? todo : P->size - 4;
    for (u32 z = room; z < P->size - 4; z++) o[z] = 0;
  }
}

// Pages a record of so many bytes may need at most.
static inline u32 pages_for(const Pages *P, u32 bytes) { return bytes / (P->size - 4) + 3; }

static inline u32 physical(u32 n, u32 lock) { return n >= lock ? n + 1 : n; }
// Gives the batch its place: page 0 becomes page `base` of the file, counted without the lock-byte page `lock`.
static inline void pages_place(Pages *P, u32 base, u32 lock) {
  for (u32 i = 0; i < P->nfix; i++) {
    u8 *o = P->out + P->fixes[i];
    be32(o, physical(base + rd32be(o), lock));
  }
  P->nfix = 0;
}
