// Reads google.rpc.ErrorInfo and google.rpc.RetryInfo (googleapis google/rpc/error_details.proto) from a status' details:
// the two messages of that file that the service sends, too little for a generated copy.

import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

/** google.rpc.ErrorInfo. */
export interface ErrorInfo {
  reason: string;
  domain: string;
  metadata: Record<string, string>;
}

/** Calls `field` with the number of each field; it reads the value and returns true, or leaves it to be skipped. */
function fields(reader: BinaryReader, end: number, field: (no: number, reader: BinaryReader) => boolean): void {
  while (reader.pos < end) {
    const [no, type] = reader.tag();
    if ((type !== WireType.LengthDelimited && type !== WireType.Varint) || !field(no, reader)) {
      reader.skip(type, no);
    }
  }
}

/** An ErrorInfo, or undefined if the bytes are none. */
export function readErrorInfo(bytes: Uint8Array): ErrorInfo | undefined {
  const info: ErrorInfo = { reason: "", domain: "", metadata: {} };
  return read(bytes, (no, reader) => {
    if (no === 1) info.reason = reader.string();
    else if (no === 2) info.domain = reader.string();
    else if (no === 3) {
      const entry = { key: "", value: "" };
      const end = reader.uint32() + reader.pos;
      fields(reader, end, (no, reader) => {
        if (no === 1) entry.key = reader.string();
        else if (no === 2) entry.value = reader.string();
        return no === 1 || no === 2;
      });
      info.metadata[entry.key] = entry.value;
    } else return false;
    return true;
  })
    ? info
    : undefined;
}

/** The delay of a RetryInfo in milliseconds, or undefined if the bytes are none. */
export function readRetryDelay(bytes: Uint8Array): number | undefined {
  let seconds = 0;
  let nanos = 0;
  const whole = read(bytes, (no, reader) => {
    if (no !== 1) return false;
    const end = reader.uint32() + reader.pos;
    fields(reader, end, (no, reader) => {
      if (no === 1) seconds = Number(reader.int64());
      else if (no === 2) nanos = reader.int32();
      return no === 1 || no === 2;
    });
    return true;
  });
  return whole ? seconds * 1000 + Math.ceil(nanos / 1e6) : undefined;
}

function read(bytes: Uint8Array, field: (no: number, reader: BinaryReader) => boolean): boolean {
  try {
    fields(new BinaryReader(bytes), bytes.length, field);
    return true;
  } catch {
    return false;
  }
}
