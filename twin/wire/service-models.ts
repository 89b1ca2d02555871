import { readServiceModel, type SdkSource, type ServiceModel } from './service-model.js';

/** The models of all services, each read from its SDK client when it is first needed. */
export class ServiceModels {
  private readonly loading = new Map<string, Promise<ServiceModel>>();
  private readonly loaded: ServiceModel[] = [];

  constructor(private readonly sources: readonly SdkSource[]) {}

  /** Reads these services' clients now, so that their first request does not wait for it. */
  async load(ids: readonly string[] = this.sources.map(({ id }) => id)): Promise<void> {
    await Promise.all(this.sources.filter(({ id }) => ids.includes(id)).map((source) => this.model(source)));
  }

  /** Every service that signs with `signingName`: more than one for names that services share. */
  async signedAs(signingName: string): Promise<readonly ServiceModel[]> {
    const signed = (): ServiceModel[] => this.loaded.filter((model) => model.signingName === signingName);
    if (signed().length === 0) await this.load();
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
