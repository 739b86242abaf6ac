// The package has no types of its own.
declare module 'mustache' {
  type Partials = Record<string, string> | ((name: string) => string | undefined)
  interface Config {
    readonly tags?: [string, string]
    readonly escape?: (value: unknown) => string
  }
  class Context {
    constructor(view: unknown, parent?: Context)
    push(view: unknown): Context
  }
  class Writer {
    render(template: string, view: unknown, partials?: Partials, config?: Config): string
  }
  const mustache: {
    render(template: string, view: unknown, partials?: Partials, config?: Config): string
    parse(template: string): unknown[]
    clearCache(): void
    readonly Context: typeof Context
    readonly Writer: typeof Writer
  }
  export default mustache
}
