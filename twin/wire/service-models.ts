import { setImmediate as nextTurn } from 'node:timers/promises';
import { readServiceModel, type SdkSource, type ServiceModel } from './service-model.js';

/** The models of all services, read from their SDK clients: all at once when the first is needed, but for those that are `late`. */
export class ServiceModels {
  private readonly loading = new Map<string, Promise<ServiceModel>>();
  private readonly loaded: ServiceModel[] = [];
  private early: Promise<void> | undefined;

  constructor(
    private readonly sources: readonly SdkSource[],
    private readonly late: ReadonlySet<string> = new Set(),
  ) {}

  /** Reads all clients but the late ones, so that no request has to wait for it. */
  load(): Promise<void> {
    return (this.early ??= this.readEarly());
  }

  /** Reading one keeps the process busy: between two of them, whatever else is due gets its turn. */
  private async readEarly(): Promise<void> {
    for (const source of this.sources.filter(({ id }) => !this.late.has(id))) {
      await nextTurn();
      await this.model(source);
    }
  }

  /** Every service that signs with `signingName`: more than one for names that services share. */
  async signedAs(signingName: string): Promise<readonly ServiceModel[]> {
    const signed = (): ServiceModel[] => this.loaded.filter((model) => model.signingName === signingName);
    await this.load();
    if (signed().length === 0) await Promise.all(this.sources.map((source) => this.model(source)));
    return signed();
  }

  private model(source: SdkSource): Promise<ServiceModel> {
    const known = this.loading.get(source.id);
    if (known) return known;
    const model = readServiceModel(source).then((read) => {
      this.loaded.push(read);
      return read;
    });
    this.loading.set(source.id, model);
    return model;
  }
}
