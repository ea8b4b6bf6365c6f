/**
 * What people and programs read over HTTP besides jobs: the databases with their schemas, gates and relations, and the
 * document that describes the API. Only reads; may use all.
 */
@NullMarked
package dev.belay.web;

import org.jspecify.annotations.NullMarked;
