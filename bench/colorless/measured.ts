import { emit, type Repetitions, sample, threadCpuNs } from '../measure.ts'
import { type Libraries, loadLibraries } from './libraries.ts'
import type { Form } from './modules.ts'
import { type Caller, plainly, workOf } from './work.ts'

// In processor time: it is computing alone, and others may have the processor meanwhile.
const REPETITIONS: Repetitions = { warmUps: 3, repetitions: 9, clock: threadCpuNs }

/** Where a few per cent are looked for. */
const MANY: Repetitions = { ...REPETITIONS, repetitions: 21 }

/** Measures the work of case 13, as it is. */
export async function measureUntransformed(): Promise<void> {
  for (const [metric, values] of await sample(
    workOf(await loadLibraries('untransformed'), plainly),
    REPETITIONS,
  ))
    emit(metric, 'ns', values)
}

/**
 * Measures it in a form, and each time right before and after it the untransformed code, in the same process: what it takes varies more
 * from minute to minute than what is looked for, its ratio to those beside it does not.
 */
export async function measureForm(form: Form, call: Caller): Promise<Libraries> {
  const libraries = await loadLibraries(form)
  const untransformed = workOf(await loadLibraries('untransformed'), plainly)
  for (const [n, one] of workOf(libraries, call).entries()) {
    const { metric } = one
    const beside = untransformed.slice(n, n + 1)
    const before = beside.map(other => ({ ...other, metric: 'before' }))
    const after = beside.map(other => ({ ...other, metric: 'after' }))
    const samples = await sample([...before, one, ...after], call === plainly ? MANY : REPETITIONS)
    const values = (name: string): readonly number[] => samples.get(name) ?? []
    emit(metric, 'ns', values(metric))
    const references = values('before').map((took, k) => (took + (values('after')[k] ?? Number.NaN)) / 2)
    const ratios = values(metric).map((took, k) => took / (references[k] ?? Number.NaN))
    emit(`${metric} / untransformed`, 'x untransformed', ratios)
  }
  return libraries
}

/** Measures what the transform does to the size of the code. */
export function measureGrowth({ growth }: Libraries): void {
  for (const [name, times] of Object.entries(growth)) emit(`code of ${name}`, 'x its source', [times])
}
