"""A fitted model as a bundle: conversion to ONNX, and the proof that it answers the same."""
