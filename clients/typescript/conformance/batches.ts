// Lines on their way into the page or out of it: in order, many at a time while the way is busy.

/** Gives lines to `carry`, which is called again when it has done with those before. */
export class Batches {
  #lines: string[] = [];
  #busy: Promise<void> | undefined;

  constructor(private readonly carry: (lines: string) => Promise<void>) {}

  add(line: string): void {
    this.#lines.push(line);
    this.#busy ??= this.#run();
  }

  /** Waits until all lines are gone. */
  async empty(): Promise<void> {
    await this.#busy;
  }

  async #run(): Promise<void> {
    while (this.#lines.length > 0) {
      const lines = this.#lines;
      this.#lines = [];
      await this.carry(lines.join("\n"));
    }
    this.#busy = undefined;
  }
}
