export function programStart(
  shell: string,
  args: readonly string[],
): { command: string; args: string[]; env: NodeJS.ProcessEnv }
