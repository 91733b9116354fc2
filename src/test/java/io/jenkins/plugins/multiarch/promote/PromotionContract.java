package io.jenkins.plugins.multiarch.promote;

/** What a promotion promises, in whatever registry: each kind passes every subject. */
abstract class PromotionContract implements TransactionContract, MirrorContract, HistoryContract {}
