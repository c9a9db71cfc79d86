/** One class on a changing set of elements; only differences are written. */
export class ClassSwitch {
  private on: ReadonlySet<string> = new Set();

  constructor(
    private readonly name: string,
    private readonly elements: (id: string) => (Element | undefined)[],
  ) {}

  apply(next: ReadonlySet<string>): void {
    for (const id of this.on) if (!next.has(id)) this.write(id, false);
    for (const id of next) this.write(id, true);
    this.on = next;
  }

  has(id: string): boolean {
    return this.on.has(id);
  }

  /** Gives the class to an element that has just been made, if its id has it. */
  dress(id: string): void {
    if (this.on.has(id)) this.write(id, true);
  }

  /** Takes the class from all, before their ids change. */
  clear(): void {
    this.apply(new Set());
  }

  private write(id: string, on: boolean): void {
    for (const element of this.elements(id)) element?.classList.toggle(this.name, on);
  }
}
