import type { ColumnType } from 'kysely';

/**
 * How columns are read and written: instants as milliseconds since 1970 and as ISO text, jsonb as its value and
 * as JSON text.
 */
export type Instant = ColumnType<number, string, string>;
export type NullableInstant = ColumnType<number | null, string | null | undefined, string | null>;
export type DefaultedInstant = ColumnType<number, string | undefined, string>;
export type Json = ColumnType<unknown, string, string>;
export type NullableJson = ColumnType<unknown, string | null | undefined, string | null>;
export type DefaultedJson = ColumnType<unknown, string | undefined, string>;
