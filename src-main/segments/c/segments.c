// Column segments and the leaf pages of a dataset file: building, scanning, counting. See scanPages.ts and buildSegments.ts,
// which call this; built by build.ts. Freestanding like importer/fast/c; nothing here keeps state of its own.
#include "columns.h"
#include "dictionary.h"
#include "many.h"
#include "scan.h"
#include "top.h"

// Rows by their texts.
EXPORT u32 scan_bytes(void) { return sizeof(Scan); }
EXPORT void scan_reader(Scan *S, u32 size, u8 *scratch, u32 room) { S->reader = (Reader){size, scratch, room}; }
EXPORT void scan_look(Scan *S, u32 look, const u8 *text, u32 n, u32 at, u32 other, const u8 *pattern, u32 m) {
  S->look = look; S->needle = (Needle){text, n, {at, other}}; S->pattern = pattern; S->m = m;
}
EXPORT void scan_network(Scan *S, u32 low, u32 high) { S->low = low; S->high = high; }
EXPORT void scan_wanted(Scan *S, const u8 *wanted, u32 fields) { S->wanted = wanted; S->fields = fields; }
EXPORT void scan_rows(Scan *S, double first, u32 rows, const u64 *among, u64 *out) {
  S->first = (u64)first; S->rows = rows; S->among = among; S->out = out;
}
EXPORT u32 scan_pages(const Scan *S, const u8 *pages, u32 count) { return (u32)scan_run(S, pages, count); }

// Rows by their codes, numbers and instants.
EXPORT void codes_one(const u8 *codes, u32 width, u32 rows, u32 code, u64 *out) {
  if (width == 1) bits_of_code8(codes, rows, (u8)code, out); else bits_of_code16((const u16 *)codes, rows, (u16)code, out);
}
EXPORT void codes_some(const u8 *codes, u32 width, u32 rows, const u8 *table, u64 *out) { bits_of_codes(codes, width, rows, table, out); }
EXPORT void ints_between(const u8 *data, u32 width, u32 rows, u32 low, u32 high, u64 *out) { bits_of_ints(data, width, rows, low, high, out); }
EXPORT void reals_between(const double *data, u32 rows, double low, double high, u32 low_in, u32 high_in, u64 *out) { bits_of_reals(data, rows, low, high, low_in, high_in, out); }
EXPORT void longs_between(const i64 *data, u32 rows, double low, double high, u64 *out) { bits_of_longs(data, rows, (i64)low, (i64)high, out); }
EXPORT void digits_hold(const u8 *data, u32 width, u32 rows, double base, const Scan *S, const u64 *among, u64 *out) { bits_of_digits(data, width, rows, (i64)base, &S->needle, among, out); }

// Sets of rows.
EXPORT void bits_all(u64 *out, u32 rows) { EACH_WORD(w, rows) out[w] = below(rows - w * 64); }
EXPORT void bits_none(u64 *out, u32 rows) { EACH_WORD(w, rows) out[w] = 0; }
EXPORT void bits_copy(u64 *out, const u64 *a, u32 rows) { EACH_WORD(w, rows) out[w] = a[w]; }
EXPORT void bits_and(u64 *out, const u64 *a, u32 rows) { EACH_WORD(w, rows) out[w] &= a[w]; }
EXPORT void bits_or(u64 *out, const u64 *a, u32 rows) { EACH_WORD(w, rows) out[w] |= a[w]; }
EXPORT void bits_without(u64 *out, const u64 *a, u32 rows) { EACH_WORD(w, rows) out[w] &= ~a[w]; }
EXPORT u32 bits_count(const u64 *a, u32 rows) {
  u32 n = 0;
  EACH_WORD(w, rows) n += (u32)__builtin_popcountll(a[w]);
  return n;
}
// Row numbers of a set, from `first` on.
EXPORT u32 bits_rows(const u64 *a, u32 rows, u32 first, u32 *out) {
  u32 n = 0;
  EACH_WORD(w, rows) for (u64 m = a[w]; m; m &= m - 1) out[n++] = first + w * 64 + (u32)__builtin_ctzll(m);
  return n;
}

// Counts. `bits` 0: every row.
EXPORT void facet(const u8 *codes, u32 width, u32 rows, const u64 *bits, u32 *counts) { count_codes(codes, width, rows, bits, counts); }
EXPORT void facet_pairs(const u8 *a, u32 aw, const u8 *b, u32 bw, u32 rows, const u64 *bits, u32 across, u32 *counts) { count_pairs(a, aw, b, bw, rows, bits, across, counts); }
EXPORT u32 histogram(const i64 *times, const u8 *by, u32 bw, u32 rows, const u64 *bits, double start, double size, u32 buckets, u32 *counts, u32 *timeless) {
  return count_times(times, by, bw, rows, bits, (i64)start, (i64)size, buckets, counts, timeless);
}

// Building.
EXPORT u32 build_bytes(u32 columns, u32 fields) { return sizeof(Build) + columns * sizeof(Make) + fields * 4 + 64; }
EXPORT Build *build_new(u8 *memory, u32 columns, u32 fields, u32 size, u8 *scratch, u32 room, u8 *values, u32 bytes) {
  Build *B = (Build *)memory;
  *B = (Build){.reader = {size, scratch, room}, .columns = (Make *)(memory + sizeof(Build)), .ncolumns = columns, .fields = fields};
  B->of = (u32 *)(B->columns + columns);
  for (u32 f = 0; f < fields; f++) B->of[f] = 0;
  B->free = values;
  B->end = values + bytes;
  return B;
}
EXPORT void build_column(Build *B, u32 c, u32 field, u32 make, u16 *codes, double *numbers) {
  B->columns[c] = (Make){.make = make, .codes = codes, .reals = numbers};
  B->of[field] = c + 1;
  if (make & MAKE_CODES && !slots_grow(B, &B->columns[c], 256)) B->columns[c].make &= ~(u32)MAKE_CODES;
}
EXPORT void build_stretch(Build *B, double first, u32 rows) {
  B->first = (u64)first; B->rows = rows; B->seen = 0;
  for (u32 c = 0; c < B->ncolumns; c++) B->columns[c].mixed = 0;
}
EXPORT u32 build_pages(Build *B, const u8 *pages, u32 count) { return (u32)build_run(B, pages, count); }
EXPORT u32 build_seen(Build *B) { return B->seen; }
EXPORT u32 build_values(Build *B, u32 c) { return B->columns[c].make & MAKE_CODES ? B->columns[c].values : ~0u; }
// Gives up the codes of a column.
EXPORT void build_drop(Build *B, u32 c) { B->columns[c].make &= ~(u32)MAKE_CODES; }
EXPORT u32 build_segment(Build *B, u32 c, u32 codes, u8 *out) { return segment_put(B, &B->columns[c], codes, out); }
EXPORT u32 build_dictionary_bytes(Build *B, u32 c) { return 4 + B->columns[c].values * 8 + B->columns[c].bytes; }
// The distinct values of a column in the order of their codes: how many, their serial types, their counts, their bytes.
EXPORT void build_dictionary(Build *B, u32 c, u8 *out) {
  const Make *M = &B->columns[c];
  u32 *types = (u32 *)(out + 4), *counts = types + M->values, n = 0;
  u8 *to = (u8 *)(counts + M->values);
  __builtin_memcpy(out, &M->values, 4);
  for (u32 at = M->first; at; at = ((const Value *)(uintptr_t)at)->next) {
    const Value *v = (const Value *)(uintptr_t)at;
    const u32 len = serial_bytes(v->type);
    types[n] = v->type;
    counts[n++] = v->count;
    copy_exact(to, value_bytes(at), len);
    to += len;
  }
}

// Codes of columns with many values.
EXPORT u32 many_bytes(u32 columns, u32 fields) { return sizeof(Many) + columns * (sizeof(ManyColumn) + 4) + fields * 4 + 64; }
EXPORT Many *many_new(u8 *memory, u32 columns, u32 fields, u32 size, u8 *scratch, u32 scratch_room, Seen *batch, u32 room, const u8 *key) {
  Many *M = (Many *)memory;
  *M = (Many){.reader = {size, scratch, scratch_room}, .columns = (ManyColumn *)(memory + sizeof(Many)), .ncolumns = columns, .fields = fields, .batch = batch, .room = room};
  M->of = (u32 *)(M->columns + columns);
  M->waiting = M->of + fields;
  for (u32 f = 0; f < fields; f++) M->of[f] = 0;
  for (u32 c = 0; c < columns; c++) M->columns[c] = (ManyColumn){0};
  M->key[0] = rd64(key); M->key[1] = rd64(key + 8);
  return M;
}
// `codes` 0: the column is left out from now on.
EXPORT void many_column(Many *M, u32 c, u32 field, u32 *codes) { M->columns[c].codes = codes; M->of[field] = c + 1; }
EXPORT void many_table(Many *M, u32 c, Slot *slots, u32 count, u32 *firsts, u32 *counts, u16 *ranks) { many_move(&M->columns[c], slots, count - 1, firsts, counts, ranks); }
// Texts of a page, by which values are ranked: many_taken of them a column are there afterwards.
EXPORT u32 many_samples(Many *M, const u8 *page, u64 *out, u32 room) { return many_sample(M, page, out, room); }
EXPORT u32 many_taken(const Many *M, u32 c) { return M->waiting[c]; }
EXPORT u32 order_keys(const u64 *texts, u32 n, u32 *places, u64 *keys, u32 keep) { return order_pick(texts, n, places, keys, keep); }
EXPORT void many_order(Many *M, u32 c, const u64 *keys, u32 count) { M->columns[c].order = (Order){keys, count}; }
// Whether every value of a column has a rank.
EXPORT u32 many_ranked(const Many *M, u32 c) { return M->columns[c].order.count && !M->columns[c].odd; }
EXPORT void many_stretch(Many *M, double first, u32 rows) {
  M->first = (u64)first; M->rows = rows; M->seen = 0;
  for (u32 c = 0; c < M->ncolumns; c++) if (M->columns[c].codes) __builtin_memset(M->columns[c].codes, 0, M->columns[c].slots ? rows * 4 : sizeof(Spread));
}
// Of columns without a table `codes` has room for a Spread.
EXPORT u32 spread_bytes(void) { return sizeof(Spread); }
EXPORT u32 spread_numbers(Slot *slots, u32 count, const Spread *S, u32 rows, u32 parts, u32 part, u32 *codes, u32 next) {
  return spread_number(slots, count - 1, S, rows, parts, part, codes, next);
}
EXPORT u32 many_take(Many *M, const u8 *page) { return many_page(M, page); }
EXPORT u32 many_values(const Many *M, u32 c) { return M->columns[c].values; }
EXPORT u32 many_seen(const Many *M) { return M->seen; }
EXPORT u32 many_segment(const Many *M, u32 c, u8 *out) { return many_segment_put(M, &M->columns[c], out); }

// The first rows by a text. `memory`: room for `most` entries with their keys, see top_bytes.
EXPORT u32 top_bytes(u32 most) { return sizeof(Top) + most * (8 + sizeof(TopKey) + TOP_KEY_MAX) + 64; }
EXPORT Top *top_new(u8 *memory, u32 size, u8 *scratch, u32 room, u32 field, u32 most, u32 descending) {
  Top *T = (Top *)memory;
  *T = (Top){.reader = {size, scratch, room}, .field = field, .most = most, .descending = descending};
  T->order = (u32 *)(memory + sizeof(Top));
  T->empties = T->order + most;
  T->entries = (TopKey *)(T->empties + most);
  T->keys = (u8 *)(T->entries + most);
  return T;
}
EXPORT void top_stretch(Top *T, double first, u32 rows, const u64 *among) { T->first = (u64)first; T->rows = rows; T->among = among; }
EXPORT u32 top_pages(Top *T, const u8 *pages, u32 count) { return top_run(T, pages, count); }
// Their row numbers in order, at most `most`; answers how many.
EXPORT u32 top_rows(const Top *T, u32 *out) {
  u32 n = 0;
  for (u32 k = 0; k < T->found; k++) out[n++] = T->entries[T->order[k]].row;
  for (u32 k = 0; k < T->empty && k < T->most && n < T->most; k++) out[n++] = T->empties[k];
  return n;
}
