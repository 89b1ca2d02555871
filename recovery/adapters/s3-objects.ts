import {
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { setTimeout as pause } from 'node:timers/promises';
import { RecoveryError } from '../model/recovery-error.js';
import { later, type Instant } from '../model/time.js';

/** IAM actions that a store of runs needs; a lock is written along with its object. */
export const storeIam = ['s3:GetObject', 's3:PutObject', 's3:PutObjectRetention', 's3:ListBucket', 's3:GetBucketObjectLockConfiguration'];

export interface S3Place {
  readonly s3: Pick<S3Client, 'send'>;
  readonly bucket: string;
  readonly region: string;
}

export interface KeptObject {
  readonly text: string;
  readonly etag: string;
  /** Who wrote it, where that was said. */
  readonly mark: string | null;
}

export interface Put {
  readonly key: string;
  readonly text: string;
  /** Null: only where there is none yet; an ETag: only over that one; absent: in any case. */
  readonly over?: string | null;
  /** Kept with it, so that two writers of the same text can be told apart. */
  readonly mark?: string;
  /** Written for good: locked where the bucket locks, counted from this moment. */
  readonly lockedFrom?: Instant;
}

/** Kept unchangeable for longer than the yearly audit that asks for it. */
const retentionDays = 400;
const attempts = 5;

/** Objects of one bucket, written conditionally. */
export class S3Objects {
  #locks: Promise<boolean> | undefined;

  constructor(private readonly place: S3Place) {}

  /** Null where there is none. */
  async get(key: string): Promise<KeptObject | null> {
    try {
      const { Body, ETag, Metadata } = await this.place.s3.send(new GetObjectCommand({ Bucket: this.place.bucket, Key: key }));
      return { text: (await Body?.transformToString()) ?? '', etag: ETag ?? '', mark: Metadata?.['writer'] ?? null };
    } catch (error) {
      if (error instanceof RecoveryError && error.code === 'NoSuchKey') return null;
      throw this.named(error);
    }
  }

  /**
   * True: it is there and ours. False: another was first. An answer that was lost is looked for: what is there with our text and mark is what
   * we put, and no other writer's.
   */
  async put(put: Put): Promise<boolean> {
    const input = await this.inputOf(put);
    for (let attempt = 1; ; attempt++) {
      try {
        await this.place.s3.send(new PutObjectCommand(input));
        return true;
      } catch (error) {
        if (!(error instanceof RecoveryError)) throw error;
        const refused = error.code === 'PreconditionFailed';
        if (!refused && error.kind !== 'transient') throw this.named(error);
        const there = await this.get(put.key).catch((unread: unknown) => {
          if (refused || attempt === attempts) throw unread;
          return null;
        });
        if (there && there.text === put.text && there.mark === (put.mark ?? null)) return true;
        if (refused) return false;
        if (attempt === attempts) throw error;
        await pause(50 * 2 ** attempt);
      }
    }
  }

  /** Keys in order, a page at a time. */
  async *list(prefix: string, after?: string): AsyncGenerator<readonly { readonly key: string; readonly etag: string }[]> {
    let token: string | undefined;
    do {
      const page = await this.place.s3
        .send(new ListObjectsV2Command({ Bucket: this.place.bucket, Prefix: prefix, StartAfter: after, ContinuationToken: token }))
        .catch((error: unknown) => {
          throw this.named(error);
        });
      yield (page.Contents ?? []).map(({ Key = '', ETag = '' }) => ({ key: Key, etag: ETag }));
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  private async inputOf({ key, text, over, mark, lockedFrom }: Put): Promise<PutObjectCommandInput> {
    const lock = lockedFrom !== undefined && (await this.locks());
    return {
      Bucket: this.place.bucket,
      Key: key,
      Body: text,
      ...(over === null ? { IfNoneMatch: '*' } : over === undefined ? {} : { IfMatch: over }),
      ...(mark === undefined ? {} : { Metadata: { writer: mark } }),
      ...(lock ? { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date(later(lockedFrom, retentionDays * 86_400)) } : {}),
    };
  }

  /** Whether the bucket was made to lock objects; asked once. */
  private locks(): Promise<boolean> {
    return (this.#locks ??= this.place.s3.send(new GetObjectLockConfigurationCommand({ Bucket: this.place.bucket })).then(
      ({ ObjectLockConfiguration }) => ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled',
      (error: unknown) => {
        if (error instanceof RecoveryError && error.code === 'ObjectLockConfigurationNotFoundError') return false;
        this.#locks = undefined;
        throw this.named(error);
      },
    ));
  }

  private named(error: unknown): unknown {
    if (!(error instanceof RecoveryError) || error.code !== 'NoSuchBucket') return error;
    const { bucket, region } = this.place;
    const message = `there is no bucket ${bucket} in ${region} to keep runs in; deploy the standing stacks of that site, or keep runs here with --store file`;
    return new RecoveryError('invalid', 'no-journal-bucket', message, { cause: error });
  }
}
