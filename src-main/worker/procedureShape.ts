/** A procedure gets what its thread has, then the arguments of the call. Arguments and answers are structured clones. */
type Procedure<Context> = (context: Context, ...args: never[]) => unknown
/** Procedures by noun and method. */
export type Procedures<Context> = Record<string, Record<string, Procedure<Context>>>
