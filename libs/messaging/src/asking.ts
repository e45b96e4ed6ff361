/*
 * The asking side, for the gateway alone: queries, commands that somebody waits for, and a look into the lanes. Services tell, only the gateway asks;
 * the import table enforces it.
 */
export { AskingModule, type AskingOptions } from './asking.module.js';
export { CommandClient, type CommandOptions } from './command-client.js';
export { LaneInspector, type DeadLetter, type DeadLetterGroup, type LaneState } from './lane-inspector.js';
export { MessageFailed, NobodyAnswered } from './asker.js';
export { QueryClient } from './query-client.js';
