import { sleep } from 'plait'

export default function* main(name) {
  yield* sleep(1)
  console.log(`hello ${name}`)
}
