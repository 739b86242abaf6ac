/** Flags that say what program this process runs: a worker runs another one. The first of a pair takes a value. */
const ABOUT_PROGRAM = /^(?:-e|--eval|-p|--print|-pe|--input-type)$/
const ABOUT_PROGRAM_ALONE = /^(?:--(?:eval|print|input-type)=|-c$|--check$|-i$|--interactive$|--watch|--test)/

/** Flags that change what is loaded and how, and that a thread takes as well as a process. */
const ABOUT_LOADING = /^(?:-r|--require|--import|--loader|--experimental-loader|-C|--conditions)(?:=|$)/

/** Whether this process goes by flags that Node was not started with, and that a thread so does not inherit by itself. */
let hasMore = false

/** From now on workers are started with one more flag. */
export function addFlag(name: string, value: string): void {
  process.execArgv.push(name, value)
  hasMore = true
}

/** Node's flags of this process that hold for a worker process as well. */
export function flagsForProcess(): string[] {
  const flags: string[] = []
  for (let i = 0; i < process.execArgv.length; i += 1) {
    const flag = process.execArgv[i] as string
    if (ABOUT_PROGRAM.test(flag)) i += 1
    else if (!ABOUT_PROGRAM_ALONE.test(flag)) flags.push(flag)
  }
  return flags
}

/**
 * Node's flags for a worker thread, where it cannot just inherit them: a program given as text makes Node refuse the
 * file that the worker loads, and flags that are named must be such as a thread takes.
 */
export function flagsForThread(): string[] | undefined {
  if (!hasMore && !process.execArgv.some(flag => flag.startsWith('--input-type'))) return undefined
  const flags: string[] = []
  const inherited = flagsForProcess()
  for (let i = 0; i < inherited.length; i += 1) {
    const flag = inherited[i] as string
    if (!ABOUT_LOADING.test(flag)) continue
    flags.push(flag)
    if (flag.includes('=')) continue
    i += 1
    flags.push(inherited[i] as string)
  }
  return flags
}
