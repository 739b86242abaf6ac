/* A module whose functions are known elsewhere by their types alone. */

export function crawl(url: string): Promise<number> {
  return Promise.resolve(url.length)
}
