import { type Form, load } from './modules.ts'

/** What case 13 works with, in one form. */
export interface Libraries {
  readonly fib: { fib(n: number): number }
  readonly acorn: typeof import('acorn')
  readonly marked: typeof import('marked')
  readonly programs: {
    computes(fib: Libraries['fib'], n: number): number
    parses(acorn: Libraries['acorn'], sources: readonly string[]): number
    renders(marked: Libraries['marked'], text: string, times: number): number
  }
  /** Characters after the transform, by characters before. */
  readonly growth: { readonly acorn: number; readonly marked: number }
}

/** Loads them. */
export async function loadLibraries(form: Form): Promise<Libraries> {
  const acorn = await load<Libraries['acorn']>(import.meta.resolve('acorn'), form)
  const marked = await load<Libraries['marked']>(import.meta.resolve('marked'), form)
  const fib = await load<Libraries['fib']>(import.meta.resolve('./fib.js'), form)
  const programs = await load<Libraries['programs']>(import.meta.resolve('./programs.js'), form)
  return {
    fib: fib.module,
    acorn: acorn.module,
    marked: marked.module,
    programs: programs.module,
    growth: { acorn: acorn.growth, marked: marked.growth },
  }
}
