import { nativeStack } from '../coroutine/native-stack.ts'
import type { AnyFunction } from '../coroutine/twin.ts'
import type { Waiting } from '../coroutine/wait.ts'
import { plainMethods } from '../greenlet/plain-method.ts'
import { refuse } from '../greenlet/plain-wait.ts'
import { PlainBody } from './fetch-body.ts'
import { fetching } from './fetch-waiting.ts'

/**
 * A response whose body is read by plain calls, which wait: what `fetchSync` gives. Whoever does not read the body closes it,
 * or leaves that to `using`.
 *
 * @example
 * ```ts
 * using response = fetchSync(url)
 * if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
 * for (const chunk of response) file.write(chunk)
 * ```
 * @see http.client.HTTPResponse
 */
export class PlainResponse implements Disposable, Iterable<Uint8Array> {
  readonly #response: Response
  readonly #controller: AbortController

  constructor(response: Response, controller: AbortController) {
    this.#response = response
    this.#controller = controller
  }

  get status(): number {
    return this.#response.status
  }

  get statusText(): string {
    return this.#response.statusText
  }

  /** Whether the status is one of success, 200 to 299. */
  get ok(): boolean {
    return this.#response.ok
  }

  get headers(): Headers {
    return this.#response.headers
  }

  /** Where it came from at last. */
  get url(): string {
    return this.#response.url
  }

  get redirected(): boolean {
    return this.#response.redirected
  }

  get type(): ResponseType {
    return this.#response.type
  }

  /** Whether its body was read, or is being read. */
  get bodyUsed(): boolean {
    return this.#response.bodyUsed
  }

  /**
   * The body as text.
   *
   * Suspends: until all of it is there. Cancellation: the rest is not loaded.
   *
   * @throws TypeError if the body was read before; whatever ends the connection; CannotSuspendError where nothing can be suspended
   */
  text(): string {
    return notHere('text', this.text)
  }

  /** @internal */
  _text(): Waiting<string> {
    return this.#read(response => response.text())
  }

  /** The value that the body is the JSON of. As `text`, and a SyntaxError if it is none. */
  json<T = unknown>(): T {
    return notHere('json', this.json)
  }

  /** @internal */
  _json<T>(): Waiting<T> {
    return this.#read(response => response.json() as Promise<T>)
  }

  /** The bytes of the body. As `text`. */
  bytes(): Uint8Array<ArrayBuffer> {
    return notHere('bytes', this.bytes)
  }

  /** @internal */
  _bytes(): Waiting<Uint8Array<ArrayBuffer>> {
    return this.#read(async response => new Uint8Array(await response.arrayBuffer()))
  }

  /** The bytes of the body, by the name they are read by in Python. As `text`. */
  read(): Uint8Array<ArrayBuffer> {
    return notHere('read', this.read)
  }

  /** @internal */
  _read(): Waiting<Uint8Array<ArrayBuffer>> {
    return this._bytes()
  }

  /** The bytes of the body, in a buffer. As `text`. */
  arrayBuffer(): ArrayBuffer {
    return notHere('arrayBuffer', this.arrayBuffer)
  }

  /** @internal */
  _arrayBuffer(): Waiting<ArrayBuffer> {
    return this.#read(response => response.arrayBuffer())
  }

  /** The body as a blob, of the type that its headers tell. As `text`. */
  blob(): Blob {
    return notHere('blob', this.blob)
  }

  /** @internal */
  _blob(): Waiting<Blob> {
    return this.#read(response => response.blob())
  }

  /** The fields of a form that the body is. As `text`, and a TypeError if it is none. */
  formData(): FormData {
    return notHere('formData', this.formData)
  }

  /** @internal */
  _formData(): Waiting<FormData> {
    return this.#read(response => response.formData())
  }

  /**
   * The body piece by piece, as it comes.
   *
   * Suspends: each step, until there is a piece. Cancellation: the rest is not loaded; so too where a loop is left early.
   *
   * @throws TypeError if the body was read before
   */
  [Symbol.iterator](): PlainBody {
    return new PlainBody(this.#response)
  }

  /** Gives up what was not read, and lets the connection go. */
  close(): void {
    if (!this.#response.bodyUsed) this.#response.body?.cancel().catch(() => {})
    this.#controller.abort()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  *#read<T>(begin: (response: Response) => Promise<T>): Waiting<T> {
    return yield* fetching(begin(this.#response), `the body of ${this.url}`, () => this.#controller.abort())
  }
}

/** A body is never there at once: where nothing can be suspended it is not begun to be read. */
function notHere(method: string, below: AnyFunction): never {
  refuse(`PlainResponse.${method}`, below, nativeStack.noSuspend > 0)
}

plainMethods(PlainResponse.prototype, ['text', 'json', 'bytes', 'read', 'arrayBuffer', 'blob', 'formData'])
