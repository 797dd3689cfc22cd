// The fast import's inner loops: see importFast.ts for how a file goes through them. Built by build.ts.
#include "rows.h"

// Addresses and settings come as named numbers, so that no struct layout is known outside of C.
EXPORT Work *work_new(u8 *memory, u32 columns) {
  Work *W = (Work *)memory;
  u8 *z = memory;
  for (u32 i = 0; i < sizeof(Work) + columns * (sizeof(Col) + 40) + sizeof(Ending) * (ENDINGS + 1) + LOW_BYTES + PLAIN_SLOTS * PLAIN_BYTES; i++) z[i] = 0;
  W->cols = (Col *)(memory + sizeof(Work));
  W->finds.whole = (u32 *)(memory + sizeof(Work) + columns * sizeof(Col) + sizeof(Ending) * (ENDINGS + 1));
  W->finds.low = (u8 *)(W->finds.whole + columns * 10);
  W->finds.plain = W->finds.low + LOW_BYTES;
  W->finds.endings = (Ending *)(memory + sizeof(Work) + columns * sizeof(Col));
  W->scan.columns = columns;
  W->first = W->last = __builtin_nan("");
  W->time = ~0u;
  return W;
}
EXPORT u32 work_bytes(u32 columns) { return (u32)(sizeof(Work) + columns * (sizeof(Col) + 40) + sizeof(Ending) * (ENDINGS + 1) + LOW_BYTES + PLAIN_SLOTS * PLAIN_BYTES + 64); }
EXPORT void set_source(Work *W, u32 delimiter, u32 quote, u32 least, u32 comments, u32 time) {
  W->scan.delimiter = delimiter; W->scan.quote = quote; W->scan.least = least; W->scan.comments = comments; W->time = time;
}
EXPORT void set_placed(Work *W) { W->scan.behind = PLACE_CELLS; }
EXPORT void set_buffers(Work *W, u32 *cells, Rec *recs, u8 *hdr, u8 *body) { W->scan.cells = cells; W->scan.recs = recs; W->hdr = hdr; W->body = W->room = body; }
EXPORT void set_pages(Work *W, u32 size, u8 *out, u32 cap, u64 *keys, u32 *fixes) { W->pages = (Pages){.size = size, .out = out, .cap = cap, .keys = keys, .fixes = fixes}; }
EXPORT void set_column(Work *W, u32 c, u32 type, u32 form, i32 zone, u32 instant, u32 look) { W->cols[c] = (Col){type, form, zone, instant, look, 0}; }
EXPORT void set_tables(Work *W, u8 *iocs, u32 iocbytes, u8 *texts, u32 textbytes, u32 enough, u32 low, u32 high) {
  W->enough = enough;
  u64 key = (u64)high << 32 | low;
  table_reset(&W->finds.iocs, iocs, iocs + iocbytes, 1 << 14, key);
  table_reset(&W->finds.texts, texts, texts + textbytes, 1 << 12, key);
}
EXPORT void add_host(Work *W, u32 column) { if (W->nhosts < 16) W->hosts[W->nhosts++] = column; }
// `scope` as js_scope has it; of blocks that overlap the first one counts.
EXPORT void add_block(Work *W, u32 first, u32 last, u32 scope) { if (W->finds.nblocks < BLOCKS_MAX) W->finds.blocks[W->finds.nblocks++] = (Block){first, last, scope}; }
EXPORT void set_unset(Work *W, const u8 *texts, u32 n) { W->unset = texts; W->nunset = n; }

EXPORT u32 filled(Work *W, u32 c) { return W->cols[c].filled; }
EXPORT double first_time(Work *W) { return W->first; }
EXPORT double last_time(Work *W) { return W->last; }
EXPORT u32 timeless(Work *W) { return W->timeless; }

// Records of the chunk that scan() found: [start, end, line, status, cells] of number i.
EXPORT u32 record_count(Work *W) { return W->scan.nrecs; }
EXPORT u32 record_start(Work *W, u32 i) { return W->scan.recs[i].start; }
EXPORT u32 record_end(Work *W, u32 i) { return W->scan.recs[i].end; }
EXPORT u32 record_line(Work *W, u32 i) { return W->scan.recs[i].line; }
EXPORT u32 record_status(Work *W, u32 i) { return W->scan.recs[i].status; }
EXPORT u32 record_cells(Work *W, u32 i) { return W->scan.recs[i + 1].first - W->scan.recs[i].first; }
EXPORT u32 scan_bad(Work *W) { return W->scan.bad; }
EXPORT u32 scan_passed(Work *W) { return W->scan.passed; }
EXPORT u32 scan_parity(Work *W) { return W->scan.hi_parity; }
EXPORT u32 scan_line(Work *W) { return W->scan.hi_line; }
EXPORT u32 scan_high(Work *W) { return W->scan.high; }

// Starts the rows of a chunk at record `first`: its byte 0 lies at `base`, its first row is number `row`.
EXPORT void rows_begin(Work *W, double base, double row, u32 first) { W->base = base; W->row = row; W->next = first; }
// Fills pages with the kept records from where it stopped; answers how many pages.
EXPORT u32 rows_build(Work *W, const u8 *p) {
  Pages *P = &W->pages;
  P->npages = P->nfix = P->open = 0;
  W->stop = 0;
  for (; W->next < W->scan.nrecs; W->next++) {
    const Rec *r = &W->scan.recs[W->next];
    if (r->status) continue;
    u32 most = r->end - r->start + 16 * W->scan.columns + 64;
    if (P->npages + pages_for(P, most) > P->cap) { W->stop = 1; break; }
    if (table_bytes(&W->finds.texts) > W->enough || !table_has_room(&W->finds.texts, &W->finds.queue, 2 * most, W->scan.columns + 1)) { W->stop = 2; break; }
    if (!table_has_room(&W->finds.iocs, &W->finds.queue, most, W->scan.columns)) { W->stop = 3; break; }
    row_build(W, p, r);
  }
  finds_flush(&W->finds);
  leaf_close(P);
  if (W->in_minute) js_minute((double)W->minute, W->in_minute);
  W->in_minute = 0;
  return P->npages;
}
EXPORT u32 rows_stop(Work *W) { return W->stop; }
EXPORT void place(Work *W, u32 base, u32 lock) { pages_place(&W->pages, base, lock); }

// Distinct texts: JavaScript goes through the table of texts itself (layout of Entry in table.h), tells what it found
// in each, and empties it.
EXPORT const u8 *texts_from(Work *W) { return W->finds.texts.memory; }
EXPORT const u8 *texts_to(Work *W) { return W->finds.texts.free; }
EXPORT void texts_clear(Work *W, u8 *memory, u32 bytes) { for (u32 i = 0; i < HOST_SLOTS; i++) W->finds.hosts[i] = 0; table_reset(&W->finds.texts, memory, memory + bytes, 1 << 12, W->finds.texts.key); }
// An indicator in the text of `cell`, as often and at the times it came. Answers whether there was room.
EXPORT u32 found(Work *W, const u8 *p, u32 n, u32 kind, const Entry *cell) {
  table_add_many(&W->finds.iocs, p, n, kind, 0, cell->column, cell->count, cell->first, cell->last);
  return !W->finds.iocs.full;
}
EXPORT u32 whole(Work *W, u32 column, u32 kind) { return W->finds.whole[column * 10 + kind]; }
// For tests: 1 + the kind of a cell that is one indicator for certain, 100 for a run of hex digits that is none, else 0.
EXPORT u32 certain(const u8 *p, u32 n) {
  int hash = hash_cell(p, n);
  if (hash) return hash == HASH_EMPTY ? 100 : 1 + (n == 64 ? K_SHA256 : n == 40 ? K_SHA1 : K_MD5);
  if (n <= 15 && n >= 7 && is_ipv4(p, n)) return 1 + K_IPV4;
  return n > 7 && n < 1500 && plain_url(p, n) ? 1 + K_URL : 0;
}
EXPORT u32 gate(Work *W, const u8 *p, u32 n) { return (u32)may_hold(W->finds.endings, p, n); }
EXPORT u32 iocs_count(Work *W) { return W->finds.iocs.used; }
// Lists the indicators, sorted, and answers where: nothing is looked up any more, so that the list may lie over the slots that
// find entries, in memory that is there already; `spare` is for as many where it does not fit. Says of addresses where they belong.
EXPORT Item *iocs_sort(Work *W, Item *spare, u32 *starts) {
  const Table *T = &W->finds.iocs;
  const u32 bytes = T->used * (u32)sizeof(Item) + 16;
  Item *items = (u32)(T->end - T->free) > bytes ? (Item *)(T->end - bytes) : spare;
  table_sort(T, items, starts);
  for (u32 kind = K_IPV4; kind <= K_IPV6; kind++)
    for (u32 i = starts[kind]; i < starts[kind + 1]; i++) {
      Entry *e = items[i].entry;
      e->scope = (u8)(kind == K_IPV4 ? ipv4_scope(&W->finds, text_of(e), e->len) : js_scope(kind, text_of(e), e->len));
    }
  return items;
}

// Writes the table of indicators: `lists` holds the addresses of items and starts of each worker.
EXPORT Merge *merge_begin(u8 *memory, u32 size, u8 *scratch, u8 *out, u32 cap, u32 base, u32 lock) {
  Merge *M = (Merge *)memory;
  for (u32 i = 0; i < 10; i++) M->count[i] = 0;
  M->kind = 0;
  M->begun = 0;
  tree_begin(&M->tree, size, scratch, out, cap, base, lock);
  return M;
}
EXPORT void merge_from(Merge *M, u32 worker, const Item *items, const u32 *starts) { M->from[worker] = (Sorted){items, starts, 0, 0, 0}; }
// Takes up to `most` indicators; 0 when none is left. In steps, so that the engine has a moment to compile it well.
EXPORT u32 merge_some(Merge *M, u32 workers, u32 most) { return merge_run(M, workers, most); }
// Answers the next free page.
EXPORT u32 merge_end(Merge *M) { u8 *root; return tree_end(&M->tree, &root); }
EXPORT u8 *merge_root(Merge *M) { return M->tree.level[M->tree.depth - 1].page; }
EXPORT u32 merge_count(Merge *M, u32 kind) { return M->count[kind]; }
