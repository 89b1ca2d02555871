import type { GetRandomPasswordRequest } from '@aws-sdk/client-secrets-manager';
import type { Context } from '../../world/context.js';
import { freshId } from '../fresh-id.js';
import { accept } from '../members.js';
import { invalid } from './records.js';

const lowercase = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** 32 characters of every kind unless told otherwise; seeded like everything else in the world. */
export const randomPassword = (ctx: Context, input: GetRandomPasswordRequest): string => {
  accept('secrets-manager.GetRandomPassword', input, [
    'PasswordLength',
    'ExcludeCharacters',
    'ExcludeNumbers',
    'ExcludePunctuation',
    'ExcludeUppercase',
    'ExcludeLowercase',
    'IncludeSpace',
    'RequireEachIncludedType',
  ]);
  const length = input.PasswordLength ?? 32;
  if (length < 1 || length > 4096) throw invalid('The password length must be between 1 and 4096.');
  const kinds = [
    input.ExcludeLowercase ? '' : lowercase,
    input.ExcludeUppercase ? '' : lowercase.toUpperCase(),
    input.ExcludeNumbers ? '' : digits,
    input.ExcludePunctuation ? '' : punctuation,
    input.IncludeSpace ? ' ' : '',
  ]
    .map((kind) => [...kind].filter((character) => !input.ExcludeCharacters?.includes(character)).join(''))
    .filter((kind) => kind !== '');
  if (kinds.length === 0) throw invalid('The password cannot be generated: every character is excluded.');
  const each = (input.RequireEachIncludedType ?? true) ? kinds : [];
  if (each.length > length) throw invalid('The password length is too short to include one of each required type.');
  const drawn = [...each.map((kind) => freshId(ctx, 'secrets-manager.password', 1, kind)), draw(ctx, length - each.length, kinds.join(''))];
  return shuffled(ctx, [...drawn.join('')]).join('');
};

const draw = (ctx: Context, length: number, alphabet: string): string => freshId(ctx, 'secrets-manager.password', length, alphabet);

const shuffled = (ctx: Context, characters: string[]): string[] => {
  const order = draw(ctx, characters.length, digits + lowercase);
  return characters
    .map((character, index) => ({ character, rank: `${order[index]}${index}` }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .map(({ character }) => character);
};
