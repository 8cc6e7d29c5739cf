// The globals that the Node host and the worker host of the browser have in common. The features are checked against
// these alone, so that neither `window` nor `process` slips in.
declare function setTimeout(run: () => void, milliseconds?: number): unknown
declare function clearTimeout(timer: unknown): void
declare function queueMicrotask(run: () => void): void
declare function btoa(bytes: string): string
declare function atob(base64: string): string
declare const performance: { now(): number }
declare const crypto: { randomUUID(): string; getRandomValues<T extends Uint8Array>(bytes: T): T }
declare class TextEncoder {
  encode(text?: string): Uint8Array
}
declare class TextDecoder {
  constructor(label?: string)
  decode(bytes?: Uint8Array): string
}
