import { measure, mustBe, type Repetitions, size } from './measure.ts'

/** How often each task of case 8 takes the lock. */
export const TURNS_EACH = 100
/** How many tasks want the lock. */
export const TASKS: number = size / TURNS_EACH
/** A repetition is so many times the work: once is over in milliseconds, while the compiler is still busy with it. */
const TIMES = 5

/** What the lock of case 8 guards: never do two tasks hold it, and no turn is lost. */
export class Turns {
  #holders = 0
  #taken = 0

  begin(): void {
    this.#holders += 1
    mustBe('the number of holders', this.#holders, 1)
  }

  end(): void {
    this.#holders -= 1
    this.#taken += 1
  }

  check(): void {
    mustBe('the number of turns taken', this.#taken, size)
  }
}

export async function measureLock(
  work: (turns: Turns) => unknown,
  repetitions: Repetitions = { repetitions: 9 },
): Promise<void> {
  const body = async (): Promise<void> => {
    for (let i = 0; i < TIMES; i++) {
      const turns = new Turns()
      await work(turns)
      turns.check()
    }
  }
  await measure([{ metric: 'turn with the lock', operations: size * TIMES, body }], repetitions)
}
