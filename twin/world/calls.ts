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
  /** What it does to the control plane. */
  readonly plane: 'control-write' | 'control-read' | 'data';
  /** The control plane that has to be alive for it: us-east-1 for IAM and Route 53 wherever the caller sits. */
  readonly controlPlaneRegion: string;
  /** Absent: answered. Otherwise the error code, or `region-lost` where nothing answered. */
  readonly error?: string;
}

/** Every call of this twin's life, in order. */
export class CallLedger {
  private readonly calls: RecordedCall[] = [];

  record(call: Omit<RecordedCall, 'sequence'>): void {
    this.calls.push({ ...call, sequence: this.calls.length + 1 });
  }

  since(sequence = 0): readonly RecordedCall[] {
    return this.calls.slice(sequence);
  }
}
