/** The major version of clang on PATH, or null. */
export function clangVersion(): number | null
/** Compiles c/fast.c and answers the module's bytes. */
export function compile(): Buffer
