const overview = `huntbench <command>

  import FILE... --hunt NAME   imports files, folders and patterns into a hunt, creating it
  call NOUN.VERB ['JSON']      makes any call of the program and prints its answer
  calls                        lists every call
  serve                        serves the workstation to browsers of this machine
  open FILE.huntcase           the same, and shows what is in a case file
  demo                         starts a local ClickHouse with sample data
  help [COMMAND]               this text, or more about a command
  --version                    the version of the program

The workspace is --workspace DIR, else HUNTBENCH_WORKSPACE, else the folder for application data.
Exit codes: 0 done, 1 failed, 2 the command line is wrong, 130 stopped with Ctrl-C.`

const importHelp = `huntbench import FILE... --hunt NAME [--workspace DIR] [--json]

Imports every file into the hunt with this name; the hunt is created when there is none.
  FILE              a file, a folder (with all folders below it) or a pattern such as 'logs/**/*.csv'
  --hunt NAME       the hunt
  --workspace DIR   work in this folder
  --json            print {hunt, datasets, failed} as JSON on stdout
Progress goes to stderr. The exit code is 1 when any file failed; the others are imported all the same.`

const callHelp = `huntbench call NOUN.VERB ['JSON'] [--no-wait] [--workspace DIR]

Makes a call and prints its answer as JSON. The input is '{}' when left out, and read from stdin when it is -.
A "ticket" in the input may be "@path": the file is offered to the program first. So may the "to" of an export, which is
then written there; without it an export goes to the folder exports of the workspace.
When the call starts a job, its end is waited for and {jobId, state, result} is printed.
  --no-wait         print {jobId} at once, without the result. The job goes on in this process, which ends with it;
                    Ctrl-C cancels it. For work that goes on alone use huntbench serve.
  --workspace DIR   work in this folder
A failure is printed as {code, message, detail} on stdout, and the exit code is 1.`

const callsHelp = `huntbench calls [--json]

Lists every call with a sentence and an example.
  --json            [{name, kind, does, example, input, output}] with input and output as JSON Schema`

const serveHelp = `huntbench serve [FILE.huntcase] [--port N] [--workspace DIR] [--no-open]

Serves the workstation to browsers of this machine, on 127.0.0.1 only, and prints the address to open.`

const demoHelp = `huntbench demo [--port N] [--requests N] [--workspace DIR]

Starts a local ClickHouse with generated data of a SOC, for this machine only, and prints how to reach it. It runs until
Ctrl-C, and its data goes with it. ClickHouse is fetched when the demo is started for the first time (546 MB); it exists for
Linux x64.
  --port N          listens there instead of on 18123
  --requests N      so many requests beside those of the planted stories, instead of 200000
  --workspace DIR   the workspace that gets a connection to it, named Demo`

const about: Record<string, string> = {
  import: importHelp,
  call: callHelp,
  calls: callsHelp,
  serve: serveHelp,
  demo: demoHelp,
}

/** The help of a command; of the whole program when there is no such command. */
export const helpText = (command: string | undefined): string =>
  (command === undefined ? undefined : about[command]) ?? overview
