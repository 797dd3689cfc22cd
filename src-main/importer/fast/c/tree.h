// Builds the index b-tree of a WITHOUT ROWID table from records in key order: pages fill up from the left, the record
// between two pages moves up to the level above. Pages are handed to JavaScript whenever the buffer is full.
#pragma once
#include "base.h"

// Writes `count` pages of the buffer to the file; they are `base` and those after it, the lock-byte page not counted.
void js_pages(const u8 *at, u32 base, u32 count) IMPORT(pages);

enum { LEVELS = 8 };
typedef struct { u8 *page; u32 cells, top, lastsize; } Level;
typedef struct {
  Level level[LEVELS];
  u32 depth, size, lock;
  u8 *out; u32 cap, n, base; // pages waiting in the buffer; the first of them is number `base`
} Tree;

static inline u32 lock_skipped(u32 n, u32 lock) { return n >= lock ? n + 1 : n; }

static void tree_begin(Tree *T, u32 size, u8 *scratch, u8 *out, u32 cap, u32 base, u32 lock) {
  T->depth = 1; T->size = size; T->lock = lock; T->out = out; T->cap = cap; T->n = 0; T->base = base;
  for (u32 l = 0; l < LEVELS; l++) T->level[l] = (Level){scratch + (size_t)l * size, 0, size, 0};
}
static void tree_close(Level *L, u32 leaf, u32 right) {
  u8 *g = L->page;
  g[0] = leaf ? 10 : 2; g[1] = g[2] = 0; g[7] = 0;
  be16(g + 3, L->cells);
  be16(g + 5, L->top);
  if (!leaf) be32(g + 8, right);
}
static u32 tree_emit(Tree *T, u32 l, u32 right) {
  Level *L = &T->level[l];
  tree_close(L, l == 0, right);
  if (T->n == T->cap) { js_pages(T->out, T->base, T->n); T->base += T->n; T->n = 0; }
  copy(T->out + (size_t)T->n * T->size, L->page, T->size);
  L->cells = 0;
  L->top = T->size;
  return lock_skipped(T->base + T->n++, T->lock);
}
// Adds a cell (length and payload, n bytes) to level l; on interior levels `child` is the page left of it.
static void tree_put(Tree *T, u32 l, u32 child, const u8 *cell, u32 n) {
  if (l >= T->depth) T->depth = l + 1;
  Level *L = &T->level[l];
  u32 head = l ? 12 : 8, size = n + (l ? 4 : 0);
  if (L->top < head + 2 * (L->cells + 1) + size) {
    u8 up[4400]; // the longest local payload of a 16 KB page and its length
    const u8 *c = L->page + L->top;
    u32 bytes = L->lastsize, right = 0;
    if (l) { right = rd32be(c); c += 4; bytes -= 4; }
    copy_exact(up, c, bytes);
    L->cells--;
    L->top += L->lastsize;
    u32 page = tree_emit(T, l, right);
    tree_put(T, l + 1, page, up, bytes);
  }
  u8 *o = L->page + L->top - size;
  L->top -= size;
  L->lastsize = size;
  be16(L->page + head + 2 * L->cells++, L->top);
  if (l) { be32(o, child); o += 4; }
  copy_exact(o, cell, n);
}
// Ends the tree; its root is left in level[depth - 1].page, all other pages are handed on. Answers the next free page.
static u32 tree_end(Tree *T, u8 **root) {
  u32 right = 0;
  for (u32 l = 0; l + 1 < T->depth; l++) right = tree_emit(T, l, right);
  tree_close(&T->level[T->depth - 1], T->depth == 1, right);
  *root = T->level[T->depth - 1].page;
  if (T->n) js_pages(T->out, T->base, T->n);
  u32 next = T->base + T->n;
  T->n = 0;
  T->base = next;
  return next;
}
