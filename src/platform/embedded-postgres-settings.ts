import { statfs } from 'node:fs/promises';
import { devNull, totalmem } from 'node:os';
import path from 'node:path';
import { run } from './embedded-postgres-account.ts';
import type { Cluster } from './embedded-postgres-cluster.ts';

const mebibyte = 1024 * 1024;

/**
 * For two cores, 8 to 24 GB and imports of millions of rows, scaled down on smaller machines. A record of
 * consent must survive a power cut, so every commit reaches the disk.
 */
export async function serverSettings(cluster: Cluster): Promise<Record<string, string>> {
  const memory = Math.floor(totalmem() / mebibyte);
  return {
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    shared_buffers: `${Math.max(64, Math.min(512, Math.floor(memory / 8)))}MB`,
    effective_cache_size: `${Math.max(256, Math.floor(memory / 2))}MB`,
    work_mem: '32MB',
    maintenance_work_mem: '256MB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    checkpoint_completion_target: '0.9',
    random_page_cost: '1.1',
    jit: 'off',
    max_connections: '100',
    // why: a command that is interrupted must not leave a statement running, which would keep the server up.
    ...(process.platform === 'win32' ? {} : { client_connection_check_interval: '500ms' }),
    dynamic_shared_memory_type: await sharedMemoryType(),
    ...((await hasLz4(cluster)) ? { wal_compression: 'lz4' } : {}),
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    // why: a failed statement and the details of its error carry customers' data, which belongs in no log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
  };
}

// why: containers often come with 64 MB of shared memory, which one parallel query can fill.
async function sharedMemoryType(): Promise<string> {
  if (process.platform === 'win32') return 'windows';
  if (process.platform !== 'linux') return 'posix';
  const space = await statfs('/dev/shm').catch(() => undefined);
  return space !== undefined && space.bsize * space.blocks >= 512 * mebibyte ? 'posix' : 'mmap';
}

async function hasLz4({ binaries, account, folder }: Cluster): Promise<boolean> {
  const outcome = await run(
    path.join(binaries.folder, 'bin', 'postgres'),
    ['-C', 'wal_compression', '-c', `config_file=${devNull}`, '-c', 'wal_compression=lz4', '-D', folder],
    { account, folder },
  );
  return outcome.exitCode === 0;
}
