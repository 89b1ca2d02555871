/** One call as the twin saw it; `GET /_twin/calls` shows them all. */
export interface RecordedCall {
  readonly sequence: number;
  /** World time, milliseconds since the epoch. */
  readonly at: number;
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly operation: string;
  /** `client`, or the service that called on a client's behalf. */
  readonly via: string;
  /** ARN of whose credentials signed it. */
  readonly principal: string;
  /** What it does to the control plane. */
  readonly plane: 'control-write' | 'control-read' | 'data';
  /** The control plane that has to be alive for it: us-east-1 for IAM and Route 53 wherever the caller sits. */
  readonly controlPlaneRegion: string;
  /** Absent: answered. Otherwise the error code, or `region-lost` where nothing answered. */
  readonly error?: string;
}

/** Asked for calls that are no longer there to be told. */
export class CallsForgotten extends Error {
  constructor(asked: number, first: number) {
    super(
      `calls after ${asked} were asked for, but those before ${first} are forgotten: ask sooner, or without a beginning for what is left`,
    );
  }
}

/** Every call of this twin's life, in order; the oldest are forgotten when there are more than `most`, which is a week of an idle world and some 40 MB. */
export class CallLedger {
  private calls: RecordedCall[] = [];
  private forgotten = 0;
  private readonly names = new Map<string, string>();

  constructor(private readonly most = 250_000) {}

  /** Calls so far, forgotten ones included: the sequence of the latest. */
  get total(): number {
    return this.forgotten + this.calls.length;
  }

  record(call: Omit<RecordedCall, 'sequence'>): void {
    const { at, account, region, service, operation, via, plane, controlPlaneRegion, error } = call;
    const principal = this.once(call.principal);
    const recorded = { sequence: this.total + 1, at, account, region, service, operation, via, principal, plane, controlPlaneRegion };
    // All of one shape: objects made by spreading keep a hidden class each, of three times their own size.
    this.calls.push(error === undefined ? recorded : Object.assign(recorded, { error }));
    if (this.calls.length <= this.most) return;
    // Half at a time, so that forgetting costs next to nothing a call.
    const drop = Math.ceil(this.most / 2);
    this.calls = this.calls.slice(drop);
    this.forgotten += drop;
  }

  /** Names that come with every request are kept once. */
  private once(name: string): string {
    const known = this.names.get(name);
    if (known === undefined) this.names.set(name, name);
    return known ?? name;
  }

  /** Calls after `sequence`; without one, all that are left. Never fewer than asked for. @throws CallsForgotten */
  since(sequence = this.forgotten): readonly RecordedCall[] {
    if (sequence < this.forgotten) throw new CallsForgotten(sequence, this.forgotten + 1);
    return this.calls.slice(sequence - this.forgotten);
  }
}
