/**
 * Fan-in, in async functions: one listener hears three weather stations through `select`, and switches them off by
 * closing the channel `quit`.
 */
import { Channel, createTask, select, sleep, type Task } from 'plait'
import { runVirtual } from 'plait/testing'

type Quit = Channel<never>

const stations: Task<void>[] = []

/** Begins to report, and gives the channel on which it does. */
function station(name: string, everyMs: number, quit: Quit): Channel<string> {
  const reports = new Channel<string>()
  stations.push(createTask(() => report(name, everyMs, reports, quit)))
  return reports
}

async function report(name: string, everyMs: number, reports: Channel<string>, quit: Quit) {
  for (let degrees = 1; ; degrees += 1) {
    await sleep(everyMs)
    const next = await select({ sent: reports.send(`${name}: ${degrees}°`), quit: quit.receive() })
    if (next.kind === 'quit') break
  }
  console.log(`${name} switches off`)
}

async function listen() {
  const quit: Quit = new Channel()
  const coast = station('coast', 300, quit)
  const valley = station('valley', 470, quit)
  const summit = station('summit', 650, quit)

  const evening = createTask(sleep(2000)) // a sleep as a case would begin anew each time round
  for (;;) {
    const heard = await select({
      coast: coast.receive(),
      valley: valley.receive(),
      summit: summit.receive(),
      evening,
    })
    if (heard.kind === 'evening') break
    if (heard.value.kind === 'item') console.log(heard.value.item)
  }

  console.log('good night')
  quit.close()
  for (const task of stations) await task
}

export default async function main() {
  await runVirtual(listen)
}
